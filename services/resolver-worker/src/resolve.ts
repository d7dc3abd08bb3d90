import { type Database, expireLabels, markGone, readLabels } from '@worksights/database'
import type { Entry } from './batch.ts'
import type { Connection } from './connections.ts'
import { type Decision, decide, type Known } from './decide.ts'
import { asksForMembers, expiredBy, goneBy } from './effects.ts'
import type { LabelBook, LabelLookup, LabelRequest } from './labels/book.ts'
import { detailsOf, fromRow, isNaming, type LabelRef } from './labels/label.ts'
import { isMember, lookUpMembers, type MemberLookup } from './members.ts'
import { attributeRef, firstWants, recordingRef, secondWants } from './wants.ts'

/*
 * Everything that is looked up for a batch of entries of one connection, and what is decided with it. Names are waited for no longer than `holdMs`
 * altogether.
 */

export type Resolved = {
  decisions: Map<Entry, Decision>
  /** Label keys that have become known: older lines may lack them. */
  learned: string[]
  /** Settles when names that were not waited for have arrived. */
  late: Promise<string[]> | null
}

export type ResolveOptions = { database: Database; book: LabelBook; holdMs: number; windowMs: number }

type Supported = { entry: Entry; event: Extract<Entry['content'], { event: unknown }>['event'] }

/** Only what can make a line is worth asking Attio for; automation is most of what comes. */
const mayMakeLine = ({ event }: Supported) => isMember(event.actor) || event.event_type === 'call-recording.created'

export async function resolveEntries(
  { database, book, holdMs, windowMs }: ResolveOptions,
  connection: Connection,
  entries: readonly Entry[],
  lastChance: (entry: Entry) => boolean,
): Promise<Resolved> {
  const supported = entries.flatMap((entry): Supported[] => ('event' in entry.content ? [{ entry, event: entry.content.event }] : []))
  await forget(database, connection.connectionId, supported)
  const deadline = Date.now() + holdMs
  const candidates = supported.filter(mayMakeLine)
  const look = (requests: readonly LabelRequest[]) => book.lookUp(connection, requests, deadline)

  const [first, members] = await Promise.all([
    look(candidates.flatMap(({ entry, event }) => firstWants(event, entry.delivery.receivedAt))),
    findMembers(database, connection, supported, []),
  ])
  const second = await look(candidates.flatMap(({ entry, event }) => secondWants(event, entry.delivery.receivedAt, first.get)))
  const get = either(second, first)
  const objects = await knownObjects(database, connection.connectionId)
  const creators = candidates.flatMap(({ event }) => {
    if (event.event_type !== 'call-recording.created') return []
    const recording = get(recordingRef(event.id.meeting_id, event.id.call_recording_id))
    const creator = detailsOf(recording, 'call-recording')?.creator
    return creator && isMember(creator) && !members.byId.has(creator.id) ? [creator.id] : []
  })
  const known: Omit<Known, 'lastChance'> = {
    get: ref => (ref.type === 'object' ? (objects.labels.get(ref.id) ?? get(ref)) : get(ref)),
    members: creators.length > 0 ? await findMembers(database, connection, supported, creators) : members,
    objectBySlug: slug => objects.bySlug.get(slug),
    windowMs,
  }
  const decisions = new Map(entries.map(entry => [entry, decide(entry, { ...known, lastChance: lastChance(entry) })]))
  const lates = [first.late, second.late].filter(late => late !== null)
  return {
    decisions,
    learned: [...new Set([...first.learned, ...second.learned])],
    late: lates.length > 0 ? Promise.all(lates).then(keys => [...new Set(keys.flat())]) : null,
  }
}

/** The second look-up knows more where it was asked. */
function either(second: LabelLookup, first: LabelLookup) {
  return (ref: LabelRef) => {
    const newer = second.get(ref)
    return newer.fresh || newer.name !== null || newer.details !== null ? newer : first.get(ref)
  }
}

async function findMembers(
  database: Database,
  connection: Connection,
  supported: readonly Supported[],
  more: readonly string[],
): Promise<MemberLookup> {
  const ids = supported.flatMap(({ event }) => (isMember(event.actor) ? [event.actor.id] : []))
  const receivedAt = new Date(Math.max(0, ...supported.map(({ entry }) => entry.delivery.receivedAt.getTime())))
  return await lookUpMembers(database, connection, {
    ids: [...ids, ...more],
    receivedAt,
    refresh: supported.some(({ event }) => asksForMembers(event)),
  })
}

/** Carries out what the events say of names before any is looked up: what is doubtful is read again, what is gone keeps its last name. */
async function forget(database: Database, connectionId: string, supported: readonly Supported[]): Promise<void> {
  await markGone(
    database.pool,
    connectionId,
    supported.flatMap(({ event }) => goneBy(event)),
  )
  await expireLabels(
    database.pool,
    connectionId,
    supported.flatMap(({ event }) => expiredBy(event)),
  )
  // A rename by automation makes no line, but the next line is to have the new name. Costs no call: an attribute that is not known names nothing here yet.
  const changes = supported.flatMap(supportedEvent =>
    !mayMakeLine(supportedEvent) && supportedEvent.event.event_type === 'record.updated' ? [supportedEvent.event.id] : [],
  )
  const attributes = await readLabels(
    database.pool,
    connectionId,
    changes.map(id => attributeRef('objects', id.object_id, id.attribute_id)),
  )
  const naming = new Set(attributes.filter(row => isNaming(fromRow(row))).map(row => row.id))
  await expireLabels(
    database.pool,
    connectionId,
    changes.filter(id => naming.has(id.attribute_id)).map(id => ({ type: 'record' as const, id: id.record_id })),
  )
}

/** Every object of the workspace: few, and needed to tell a linked record's object by its slug. */
async function knownObjects(database: Database, connectionId: string) {
  const { rows } = await database.pool.query<{ id: string }>(`select id from label where connection_id = $1 and type = 'object'`, [
    connectionId,
  ])
  const labels = (
    await readLabels(
      database.pool,
      connectionId,
      rows.map(row => ({ type: 'object' as const, id: row.id })),
    )
  ).map(fromRow)
  return {
    labels: new Map(labels.map(label => [label.ref.id, label])),
    bySlug: new Map(labels.flatMap(label => [[detailsOf(label, 'object')?.slug ?? label.ref.id, label.ref.id] as const])),
  }
}
