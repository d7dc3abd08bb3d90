import {
  type ClaimedDelivery,
  claimDeliveries,
  type Database,
  type FinishedDelivery,
  failDelivery,
  finishDeliveries,
  insertEvents,
  maxAttempts,
  type NewEvent,
  nextDeliveryDue,
  pauseAfter,
} from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import { type Entry, readDelivery } from './batch.ts'
import type { Connection, FoundConnection } from './connections.ts'
import { mendNames } from './mend.ts'
import { type Resolved, type ResolveOptions, resolveEntries } from './resolve.ts'

/*
 * One turn of one connection: up to a hundred due deliveries, oldest first, as one batch.
 *
 *   claim     a lease of a minute; a worker that dies gives its deliveries back by doing nothing
 *   read      bodies into entries
 *   resolve   names, from what is stored and from Attio, for 300 ms at the most
 *   write     events, and the end of their deliveries, in one transaction
 *   mend      older lines that lacked a name which is known now
 *
 * A delivery that cannot be decided yet is put off alone; after that the batch's others are done. If writing the batch fails, each delivery is
 * written by itself, so that one that cannot be stored fails alone.
 */

const batchDeliveries = 100
const leaseMs = 60_000
/** From this attempt on nothing unknown is waited for (about a quarter of a minute after the first). */
const lastChanceAttempt = 4

export type TurnOptions = ResolveOptions & {
  log: Logger
  findConnection: (connectionId: string) => Promise<FoundConnection>
  /** Takes over work that goes on after the turn. */
  later: (work: Promise<unknown>) => void
  /** Told that a connection's events are due. */
  eventsDue: (connectionId: string) => void
}

export type Turn = { deliveries: number; events: number; failed: number; againInMs: number | null }

type Work = { delivery: ClaimedDelivery; finished: FinishedDelivery; events: NewEvent[] }

const inOrder = ['processed', 'filtered', 'ignored'] as const

/** The state of a delivery by its events: processed if one makes a line, else filtered if one is, else ignored; with their reason. */
function summarize(delivery: ClaimedDelivery, events: readonly NewEvent[]): FinishedDelivery {
  const states = events.map(event => (event.state === 'pending' ? 'processed' : event.state))
  const state = inOrder.find(candidate => states.includes(candidate)) ?? 'ignored'
  const reasons = new Set(events.filter(event => event.state === state).flatMap(event => event.reason ?? []))
  return { id: delivery.id, attempts: delivery.attempts, state, reason: state === 'processed' ? null : [...reasons].join('; ') || null }
}

async function putOff(database: Database, delivery: ClaimedDelivery, reason: string): Promise<void> {
  const pauseMs = delivery.attempts >= maxAttempts ? null : pauseAfter(delivery.attempts)
  await failDelivery(database.pool, { id: delivery.id, attempts: delivery.attempts, reason, pauseMs })
}

async function write(database: Database, connection: Connection, work: readonly Work[]): Promise<void> {
  await database.transaction(async client => {
    // A lease that ran out belongs to somebody else by now: its events are that worker's to write.
    const own = await finishDeliveries(
      client,
      work.map(item => item.finished),
    )
    const events = work.filter(item => own.has(item.delivery.id)).flatMap(item => item.events)
    await insertEvents(client, { id: connection.connectionId, organizationId: connection.organizationId }, events)
  })
}

/** Works one turn. Throws when the database or a secret cannot be reached: the leases run out and the sweeper comes back. */
export async function resolveTurn(options: TurnOptions, connectionId: string): Promise<Turn> {
  const { database, log } = options
  const turn: Turn = { deliveries: 0, events: 0, failed: 0, againInMs: null }
  const found = await options.findConnection(connectionId)
  const claimed = await claimDeliveries(database.pool, connectionId, batchDeliveries, leaseMs)
  if (claimed.length === 0) return { ...turn, againInMs: await nextDeliveryDue(database.pool, connectionId) }
  turn.deliveries = claimed.length
  if (found.outcome === 'disconnected') {
    await database.transaction(client =>
      finishDeliveries(
        client,
        claimed.map(delivery => ignoredDelivery(delivery, 'the connection has ended')),
      ),
    )
  } else if (found.outcome === 'not_ready') {
    for (const delivery of claimed) await putOff(database, delivery, 'the connection has no token yet')
    turn.failed = claimed.length
  } else {
    await work(options, found, claimed, turn)
  }
  log.info({ connectionId, ...turn }, 'deliveries resolved')
  return { ...turn, againInMs: await nextDeliveryDue(database.pool, connectionId) }
}

const ignoredDelivery = (delivery: ClaimedDelivery, reason: string): FinishedDelivery => ({
  id: delivery.id,
  attempts: delivery.attempts,
  state: 'ignored',
  reason,
})

async function work(options: TurnOptions, connection: Connection, claimed: readonly ClaimedDelivery[], turn: Turn): Promise<void> {
  const { database, log, eventsDue, later } = options
  const { connectionId } = connection
  const read = claimed.map(delivery => ({ delivery, content: readDelivery(delivery) }))
  const entries = read.flatMap(({ content }) => ('entries' in content ? content.entries : []))
  const lastChance = (entry: Entry) => entry.delivery.attempts >= lastChanceAttempt
  const resolved = await resolveEntries(options, connection, entries, lastChance)
  const done: Work[] = []
  for (const { delivery, content } of read) {
    const decided =
      'ignored' in content
        ? { finished: ignoredDelivery(delivery, content.ignored), events: [] }
        : decideDelivery(delivery, content.entries, resolved)
    if ('retry' in decided) {
      turn.failed += 1
      await putOff(database, delivery, decided.retry)
    } else done.push({ delivery, ...decided })
  }
  try {
    await write(database, connection, done)
  } catch (batchError) {
    log.warn({ connectionId, deliveries: done.length, err: batchError }, 'a batch of deliveries failed; writing them one by one')
    for (const item of done) {
      try {
        await write(database, connection, [item])
      } catch (error) {
        turn.failed += 1
        log.error({ connectionId, deliveryId: item.delivery.id, err: error }, 'a delivery could not be written')
        await putOff(database, item.delivery, `could not be stored as events (${error instanceof Error ? error.name : 'unknown fault'})`)
      }
    }
  }
  turn.events = done.reduce((count, item) => count + item.events.filter(event => event.state === 'pending').length, 0)
  if (turn.events > 0) eventsDue(connectionId)
  const mend = async (keys: readonly string[]) => {
    if (keys.length > 0 && (await mendNames(database, connectionId, keys)) > 0) eventsDue(connectionId)
  }
  later(mend(resolved.learned))
  if (resolved.late) later(resolved.late.then(mend))
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
  return { finished: summarize(delivery, events), events }
}
