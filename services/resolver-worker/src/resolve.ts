import { type AttioEvent, namingSlugs } from '@worksights/attio'
import { type Database, expireLabels, expireRenamed, hiddenLists } from '@worksights/database'
import type { Entry } from './batch.ts'
import type { Connection } from './connections.ts'
import { type Decision, decide, type Known, listOf } from './decide.ts'
import { asksForMembers, expiredBy, goneBy, isNamesOnly } from './effects.ts'
import type { Get } from './facts.ts'
import type { LabelBook, LabelLookup, LabelRequest } from './labels/book.ts'
import { detailsOf, unknownLabel } from './labels/label.ts'
import { type KnownObjects, noObjects, readObjects } from './labels/objects.ts'
import { isMember, lookUpMembers, type MemberLookup, noMembers } from './members.ts'
import { firstWants, listRef, recordingRef, secondWants } from './wants.ts'

/*
 * Everything that is looked up for a batch of entries of one connection, and what is decided with it. Names are waited for no longer than `holdMs`
 * altogether.
 *
 * It takes two look-ups: only the first ones tell which records a task or a meeting is linked with, and whether a changed attribute is one that names
 * its record. What the first look-up could not wait for has its second one when it arrives.
 */

export type Resolved = {
  decisions: Map<Entry, Decision>
  /** Label keys that have become known: older lines may lack them. */
  learned: string[]
  /** Settles when names that were not waited for have been tried, with the keys that have become known. */
  late: Promise<string[]> | null
}

export type ResolveOptions = { database: Database; book: LabelBook; holdMs: number; windowMs: number }

type Supported = { entry: Entry; event: AttioEvent }

/** How long a late look-up may take altogether; by then its calls have ended by themselves. */
const lateMs = 120_000

/** Only what can make a line is worth asking Attio for; automation is most of what comes. */
const mayMakeLine = ({ event }: Supported) =>
  !isNamesOnly(event) && (isMember(event.actor) || event.event_type === 'call-recording.created')

export async function resolveEntries(
  { database, book, holdMs, windowMs }: ResolveOptions,
  connection: Connection,
  entries: readonly Entry[],
  lastChance: (entry: Entry) => boolean,
): Promise<Resolved> {
  const supported = entries.flatMap((entry): Supported[] => ('event' in entry.content ? [{ entry, event: entry.content.event }] : []))
  await forget(database, book, connection, supported)
  const candidates = supported.filter(mayMakeLine)
  const decideAll = (known: Omit<Known, 'lastChance'>) =>
    new Map(entries.map(entry => [entry, decide(entry, { ...known, lastChance: lastChance(entry) })]))
  const findMembers = (creators: readonly string[]) => lookUpMembers(database, connection, memberWish(candidates, supported, creators))

  if (candidates.length === 0) {
    const members = supported.some(({ event }) => asksForMembers(event)) ? await findMembers([]) : noMembers
    // Nothing here waits for what is known of the lists that changed: that is for lines that are told already.
    const lists = await book.lookUp(connection, changedLists(supported), 0)
    const nothing = { get: unknownLabel, objects: noObjects, hiddenLists: new Set<string>() }
    return { decisions: decideAll({ ...nothing, members, windowMs }), learned: lists.learned, late: lists.late }
  }
  const deadline = Date.now() + holdMs
  const wants = [...candidates.flatMap(({ entry, event }) => firstWants(event, entry.delivery.receivedAt)), ...changedLists(supported)]
  const further = (get: Get, objects: KnownObjects, until: number) =>
    book.lookUp(
      connection,
      candidates.flatMap(({ entry, event }) => secondWants(event, entry.delivery.receivedAt, get, objects)),
      until,
    )
  const [first, members] = await Promise.all([book.lookUp(connection, wants, deadline), findMembers([])])
  const second = await further(first.get, await objectsFor(database, connection, candidates), deadline)
  const get = either(second, first)
  const creators = unknownCreators(candidates, get, members)
  const known = {
    get,
    members: creators.length > 0 ? await findMembers(creators) : members,
    objects: await objectsFor(database, connection, candidates),
    hiddenLists: await hiddenLists(database.pool, connection.connectionId, [
      ...new Set(candidates.flatMap(({ event }) => listOf(event) ?? [])),
    ]),
    windowMs,
  }

  /** The second look-up of what came too late for it. */
  const afterwards = async (keys: string[]): Promise<string[]> => {
    const now = await book.lookUp(
      connection,
      wants.map(want => ({ ...want, storedOnly: true, refresh: false })),
      deadline,
    )
    const rest = await further(now.get, await objectsFor(database, connection, candidates), Date.now() + lateMs)
    return [...keys, ...rest.learned, ...((await rest.late) ?? [])]
  }
  const lates = [first.late?.then(afterwards), second.late].filter(late => late !== null && late !== undefined)
  return {
    decisions: decideAll(known),
    learned: [...new Set([...first.learned, ...second.learned])],
    late: lates.length > 0 ? Promise.all(lates).then(keys => [...new Set(keys.flat())]) : null,
  }
}

/** Lists whose access may have changed: who may see their lines is to be known at once, not with the next event that needs their names. */
function changedLists(supported: readonly Supported[]): LabelRequest[] {
  return supported.flatMap(({ entry, event }) =>
    event.event_type === 'list.created' || event.event_type === 'list.updated'
      ? [{ ...listRef(event.id.list_id), refresh: true, after: entry.delivery.receivedAt }]
      : [],
  )
}

/** The second look-up knows more where it was asked. */
function either(second: LabelLookup, first: LabelLookup): Get {
  return ref => {
    const newer = second.get(ref)
    return newer.fresh || newer.outdated || newer.name !== null || newer.details !== null ? newer : first.get(ref)
  }
}

/** Objects that no event names itself: those of linked records. */
async function objectsFor(database: Database, connection: Connection, candidates: readonly Supported[]): Promise<KnownObjects> {
  const isLinked = candidates.some(({ event }) => /^(task|call-recording)\./.test(event.event_type))
  return isLinked ? await readObjects(database.pool, connection.connectionId) : noObjects
}

/** Members who made a recording by Attio's recorder and are not known yet. */
function unknownCreators(candidates: readonly Supported[], get: Get, members: MemberLookup): string[] {
  return candidates.flatMap(({ event }) => {
    if (event.event_type !== 'call-recording.created' || isMember(event.actor)) return []
    const recording = get(recordingRef(event.id.meeting_id, event.id.call_recording_id))
    const creator = detailsOf(recording, 'call-recording')?.creator
    return creator && isMember(creator) && !members.byId.has(creator.id) ? [creator.id] : []
  })
}

function memberWish(candidates: readonly Supported[], supported: readonly Supported[], creators: readonly string[]) {
  return {
    ids: [...creators, ...candidates.flatMap(({ event }) => (isMember(event.actor) ? [event.actor.id] : []))],
    receivedAt: new Date(Math.max(0, ...candidates.map(({ entry }) => entry.delivery.receivedAt.getTime()))),
    refresh: supported.some(({ event }) => asksForMembers(event)),
  }
}

/** Carries out what the events say of names before any is looked up: what is doubtful is read again, what is gone keeps its last name. */
async function forget(database: Database, book: LabelBook, connection: Connection, supported: readonly Supported[]): Promise<void> {
  const { connectionId } = connection
  await book.markGone(
    connection,
    supported.flatMap(({ event }) => goneBy(event)),
  )
  await expireLabels(
    database.pool,
    connectionId,
    supported.flatMap(({ event }) => expiredBy(event)),
  )
  // A rename by automation makes no line, but the next line is to have the new name. Costs no call: an attribute that is not known names nothing here yet.
  const changes = supported.flatMap(candidate =>
    !mayMakeLine(candidate) && candidate.event.event_type === 'record.updated' ? [candidate.event.id] : [],
  )
  await expireRenamed(
    database.pool,
    connectionId,
    changes.map(id => ({ recordId: id.record_id, attributeId: id.attribute_id })),
    namingSlugs,
  )
}
