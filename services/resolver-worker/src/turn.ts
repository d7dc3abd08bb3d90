import {
  type ClaimedDelivery,
  claimDeliveries,
  type Database,
  type FinishedDelivery,
  failDeliveries,
  finishDeliveries,
  holdHiddenLists,
  insertEvents,
  maxAttempts,
  type NewEvent,
  nextDeliveryDue,
  pauseAfter,
  recallLines,
} from '@worksights/database'
import { type Logger, recordSpan } from '@worksights/runtime'
import { type Entry, readDelivery } from './batch.ts'
import type { Connection, FoundConnection } from './connections.ts'
import { type Endings, noEndings } from './instruments.ts'
import { answered, mendNames, unanswered } from './mend.ts'
import { type Resolved, type ResolveOptions, resolveEntries } from './resolve.ts'

/*
 * One turn of one connection: up to a hundred due deliveries, oldest first, as one batch.
 *
 *   claim     a lease of a minute; a worker that dies gives its deliveries back by doing nothing
 *   read      bodies into entries
 *   resolve   names, from what is stored and from Attio, for 300 ms at the most
 *   write     events, and the end of their deliveries, in one transaction
 *   mend      older lines that lacked a name which is known now, and those just written, in case somebody else learned it in the meantime
 *
 * A delivery that cannot be decided yet is put off alone. When a batch fails, each of its deliveries is worked by itself, so that one that cannot be
 * worked fails alone; one that kills its worker each time is given up when it is claimed once too often.
 */

const batchDeliveries = 100
const leaseMs = 60_000
/** From this attempt on nothing unknown is waited for (about a quarter of a minute after the first). */
const lastChanceAttempt = 4
/** Until a connection without a token is looked at again; its deliveries wait as they are. */
const notReadyPauseMs = 5_000

export type TurnOptions = ResolveOptions & {
  log: Logger
  findConnection: (connectionId: string) => Promise<FoundConnection>
  /** Takes over work that goes on after the turn. */
  later: (work: Promise<unknown>) => void
  /** Told that a connection's events are due. */
  eventsDue: (connectionId: string) => void
}

/**
 * `deliveries` were claimed and `ended` so, `events` make lines, `failed` deliveries were put off or given up; `againInMs` is when more is due, null for
 * nothing.
 */
export type Turn = { deliveries: number; events: number; failed: number; ended: Endings; againInMs: number | null }

/** `hidden` are the lists that events were filtered for. */
type Work = { delivery: ClaimedDelivery; finished: FinishedDelivery; events: NewEvent[]; hidden: string[] }

const inOrder = ['processed', 'filtered', 'ignored'] as const

/** The state of a delivery by its events: processed if one makes a line, else filtered if one is, else ignored; with their reason. */
function summarize(delivery: ClaimedDelivery, events: readonly NewEvent[]): FinishedDelivery {
  const states = events.map(event => (event.state === 'pending' ? 'processed' : event.state))
  const state = inOrder.find(candidate => states.includes(candidate)) ?? 'ignored'
  const reasons = new Set(events.filter(event => event.state === state).flatMap(event => event.reason ?? []))
  return { id: delivery.id, lease: delivery.lease, state, reason: state === 'processed' ? null : [...reasons].join('; ') || null }
}

type Undecided = { delivery: ClaimedDelivery; reason: string }

async function putOff(database: Database, undecided: readonly Undecided[], turn: Turn): Promise<void> {
  const ended = await failDeliveries(
    database.pool,
    undecided.map(({ delivery: { id, attempts, lease }, reason }) => {
      return { id, lease, reason, pauseMs: attempts >= maxAttempts ? null : pauseAfter(attempts) }
    }),
  )
  turn.failed += undecided.length
  turn.ended.put_off += ended.putOff
  turn.ended.dead += ended.dead
}

type Written = { events: NewEvent[]; outrun: Work[]; states: FinishedDelivery['state'][] }

/**
 * Ends deliveries and stores their events; returns those that make lines, and the states of what it ended. What a lease that ran out left to somebody else is left alone, and so are the
 * events of a delivery that is worked again where they make a line already. What was filtered for a list that has come to be shown since is `outrun`: it
 * is to be decided again, since whoever showed the list has looked for filtered deliveries already.
 */
async function write(database: Database, connection: Connection, work: readonly Work[]): Promise<Written> {
  return await database.transaction(async client => {
    const hidden = await holdHiddenLists(client, connection.connectionId, [...new Set(work.flatMap(item => item.hidden))])
    const isCurrent = (item: Work) => item.hidden.every(id => hidden.has(id))
    const current = work.filter(isCurrent)
    const own = await finishDeliveries(
      client,
      current.map(item => item.finished),
    )
    const done = current.filter(item => own.has(item.delivery.id))
    const events = done.flatMap(item => item.events)
    const written = await insertEvents(client, { id: connection.connectionId, organizationId: connection.organizationId }, events)
    const standing = done.filter(item => item.events.some(event => !written.has(event.id)))
    const recalled = await recallLines(
      client,
      standing.map(item => item.delivery.id),
    )
    return {
      events: events.filter(event => event.state === 'pending' && written.has(event.id)),
      outrun: work.filter(item => !isCurrent(item)),
      states: done.map(item => (recalled.has(item.delivery.id) ? 'processed' : item.finished.state)),
    }
  })
}

/** Works one turn. Throws when the database or a secret cannot be reached: the leases run out and the sweeper comes back. */
export async function resolveTurn(options: TurnOptions, connectionId: string): Promise<Turn> {
  const { database, log } = options
  const turn: Turn = { deliveries: 0, events: 0, failed: 0, ended: noEndings(), againInMs: null }
  const found = await options.findConnection(connectionId)
  if (found.outcome === 'not_ready') {
    const waiting = await nextDeliveryDue(database.pool, connectionId)
    if (waiting !== null) log.warn({ connectionId }, 'deliveries wait: the connection has no token')
    return { ...turn, againInMs: waiting === null ? null : Math.max(waiting, notReadyPauseMs) }
  }
  const claimed = await claimDeliveries(database.pool, connectionId, batchDeliveries, leaseMs)
  if (claimed.length > 0) {
    turn.deliveries = claimed.length
    const startedAt = Date.now()
    if (found.outcome === 'disconnected') {
      const ended = claimed.map(delivery => ignoredDelivery(delivery, 'the connection has ended'))
      await database.transaction(async client => {
        const own = await finishDeliveries(client, ended)
        const recalled = await recallLines(client, [...own])
        turn.ended.processed += recalled.size
        turn.ended.ignored += own.size - recalled.size
      })
    } else {
      const worn = claimed.filter(delivery => delivery.attempts > maxAttempts)
      await putOff(
        database,
        worn.map(delivery => ({ delivery, reason: `begun ${maxAttempts} times and never finished` })),
        turn,
      )
      const workable = claimed.filter(delivery => delivery.attempts <= maxAttempts)
      if (workable.length > 0) await work(options, found, workable, turn)
    }
    log.info({ connectionId, ...turn }, 'deliveries resolved')
    for (const { id, attempts, traceContext } of claimed) {
      const attributes = { 'worksights.connection.id': connectionId, 'worksights.delivery.id': id, 'worksights.delivery.attempt': attempts }
      recordSpan(traceContext, { name: 'resolve delivery', startedAt, attributes })
    }
  }
  return { ...turn, againInMs: await nextDeliveryDue(database.pool, connectionId) }
}

const ignoredDelivery = (delivery: ClaimedDelivery, reason: string): FinishedDelivery => ({
  id: delivery.id,
  lease: delivery.lease,
  state: 'ignored',
  reason,
})

async function work(options: TurnOptions, connection: Connection, claimed: readonly ClaimedDelivery[], turn: Turn): Promise<void> {
  const { database, log } = options
  const { connectionId } = connection
  try {
    await workBatch(options, connection, claimed, turn)
  } catch (error) {
    const [only, ...others] = claimed
    if (only && others.length === 0) {
      log.error({ connectionId, deliveryId: only.id, err: error }, 'a delivery could not be worked')
      const reason = `could not be made into events (${error instanceof Error ? error.name : 'unknown fault'})`
      await putOff(database, [{ delivery: only, reason }], turn)
      return
    }
    log.warn({ connectionId, deliveries: claimed.length, err: error }, 'a batch of deliveries failed; working them one by one')
    for (const delivery of claimed) await work(options, connection, [delivery], turn)
  }
}

async function workBatch(options: TurnOptions, connection: Connection, claimed: readonly ClaimedDelivery[], turn: Turn): Promise<void> {
  const { database, eventsDue, later } = options
  const { connectionId } = connection
  const read = claimed.map(delivery => ({ delivery, content: readDelivery(delivery) }))
  const entries = read.flatMap(({ content }) => ('entries' in content ? content.entries : []))
  const resolved = await resolveEntries(options, connection, entries, entry => entry.delivery.attempts >= lastChanceAttempt)
  // Heard by whoever takes it over below; where the batch fails before that, by nobody.
  resolved.late?.catch(() => {})
  const done: Work[] = []
  const undecided: Undecided[] = []
  for (const { delivery, content } of read) {
    const decided =
      'ignored' in content
        ? { finished: ignoredDelivery(delivery, content.ignored), events: [], hidden: [] }
        : decideDelivery(delivery, content.entries, resolved)
    if ('retry' in decided) undecided.push({ delivery, reason: decided.retry })
    else done.push({ delivery, ...decided })
  }
  const { events, outrun, states } = done.length > 0 ? await write(database, connection, done) : { events: [], outrun: [], states: [] }
  for (const state of states) turn.ended[state] += 1
  undecided.push(...outrun.map(({ delivery }) => ({ delivery, reason: 'its list was shown while it was being filtered' })))
  await putOff(database, undecided, turn)
  turn.events += events.length
  if (events.length > 0) eventsDue(connectionId)
  const mend = async (keys: readonly string[]) => {
    if ((await mendNames(database, connectionId, keys)) > 0) eventsDue(connectionId)
  }
  const justWritten = unanswered([...new Set(events.flatMap(event => event.pendingNames))])
  later(mend([...answered(resolved.learned), ...justWritten]))
  if (resolved.late) later(resolved.late.then(keys => mend([...answered(keys), ...justWritten])))
}

function decideDelivery(
  delivery: ClaimedDelivery,
  entries: readonly Entry[],
  resolved: Resolved,
): Omit<Work, 'delivery'> | { retry: string } {
  const decisions = entries.map(entry => resolved.decisions.get(entry) ?? { retry: 'it was not decided' })
  const undecided = decisions.find(decision => 'retry' in decision)
  if (undecided) return undecided
  const events = decisions.flatMap(decision => ('event' in decision ? [decision.event] : []))
  const hidden = decisions.flatMap(decision => ('hiddenList' in decision && decision.hiddenList ? [decision.hiddenList] : []))
  return { finished: summarize(delivery, events), events, hidden }
}
