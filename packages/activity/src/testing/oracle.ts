import type { EventFacts, StoredEvent, TaskSnapshot } from '../facts.ts'
import { activityId } from '../ids.ts'

/*
 * The rules of consolidation once more, slow and obvious: one event at a time, each asking all the others. It knows no lanes, no segments and no groups, and
 * shares with the real thing only the shape of an event and the name space of ids, so that a mistake would have to be made twice.
 */

export type OracleLine = { id: string; kind: string; eventIds: string[] }
export type OracleResult = { lines: OracleLine[]; duplicates: string[] }

const minute = 60_000

function receivedBefore(a: StoredEvent, b: StoredEvent): boolean {
  const keys = (event: StoredEvent) => [event.receivedAt, event.deliveryId, event.index] as const
  const [at, delivery, index] = keys(a)
  const [otherAt, otherDelivery, otherIndex] = keys(b)
  if (at !== otherAt) return at < otherAt
  if (delivery !== otherDelivery) return delivery < otherDelivery
  return index < otherIndex
}

function happenedBefore(a: StoredEvent, b: StoredEvent): boolean {
  return a.happenedAt === b.happenedAt ? receivedBefore(a, b) : a.happenedAt < b.happenedAt
}

/** Selection sort: takes the one that nothing is before, again and again. */
function inOrder(events: readonly StoredEvent[], before: (a: StoredEvent, b: StoredEvent) => boolean): StoredEvent[] {
  const left = [...events]
  const sorted: StoredEvent[] = []
  while (left.length > 0) {
    const next = left.findIndex(event => left.every(other => other === event || before(event, other)))
    sorted.push(...left.splice(next, 1))
  }
  return sorted
}

/** What Attio's id in the event names: the thing that can be created, commented, deleted or recorded once. */
function thing(facts: EventFacts): string {
  if (facts.family === 'record') return `record ${facts.record.id}`
  if (facts.family === 'entry') return `entry ${facts.entryId}`
  if (facts.family === 'note') return `note ${facts.note.id}`
  if (facts.family === 'comment') return `comment ${facts.commentId}`
  if (facts.family === 'task') return `task ${facts.taskId}`
  return `recording ${facts.recordingId}`
}

const about = (a: StoredEvent, b: StoredEvent) => thing(a.facts) === thing(b.facts)
const sameMember = (a: StoredEvent, b: StoredEvent) => a.facts.actor.memberId === b.facts.actor.memberId
const is = (event: StoredEvent, ...kinds: string[]) => kinds.includes(event.facts.kind)

/** While one webhook replaces another, an event comes through both within a minute. Each event stands for one of every other webhook, never for two. */
function broughtTwice(all: readonly StoredEvent[]): Set<StoredEvent> {
  const repeats = new Set<StoredEvent>()
  const standsFor = new Map<StoredEvent, StoredEvent[]>()
  for (const event of inOrder(all, receivedBefore)) {
    for (const earlier of inOrder(all, receivedBefore)) {
      if (!receivedBefore(earlier, event) || repeats.has(earlier)) continue
      if (earlier.fingerprint !== event.fingerprint || earlier.webhookId === event.webhookId) continue
      if (event.receivedAt > earlier.receivedAt + minute) continue
      if (Math.abs(event.happenedAt - earlier.happenedAt) > 60 * minute) continue
      const already = standsFor.get(earlier) ?? []
      if (already.some(other => other.webhookId === event.webhookId)) continue
      standsFor.set(earlier, [...already, event])
      repeats.add(event)
      break
    }
  }
  return repeats
}

function toldOnce(event: StoredEvent, kept: readonly StoredEvent[]): boolean {
  if (is(event, 'list-entry.created', 'list-entry.deleted')) {
    // Only a repeat with no opposite between: the one before it is of its own kind.
    const comesAndGoes = kept.filter(other => about(other, event) && is(other, 'list-entry.created', 'list-entry.deleted'))
    const before = inOrder(
      comesAndGoes.filter(other => other !== event && happenedBefore(other, event)),
      happenedBefore,
    ).at(-1)
    return before?.facts.kind === event.facts.kind
  }
  const onceOnly = /^(record|note|comment|task)\.(created|deleted)$|^call-recording\.created$/.test(event.facts.kind)
  if (!onceOnly && !is(event, 'record.merged')) return false
  return kept.some(other => {
    if (!about(other, event) || !is(other, event.facts.kind) || !receivedBefore(other, event)) return false
    return onceOnly || original(other) === original(event)
  })
}

const original = (event: StoredEvent) => (event.facts.family === 'record' ? event.facts.duplicate?.id : undefined)

/** Created and deleted events of a merge. A merge is known even where its own event came twice. */
function partOfMerge(event: StoredEvent, kept: readonly StoredEvent[], all: readonly StoredEvent[]): boolean {
  if (is(event, 'record.created')) {
    const merges = kept.filter(other => is(other, 'record.merged') && about(other, event) && !toldOnce(other, kept))
    return merges.some(merge => Math.abs(merge.happenedAt - event.happenedAt) <= minute)
  }
  if (!is(event, 'record.deleted') || event.facts.family !== 'record') return false
  const { id } = event.facts.record
  return all.some(other => is(other, 'record.merged') && original(other) === id && !about(other, event))
}

type Turn = 'completed' | 'reopened' | null

/** Whether a task.updated completed or reopened its task: asks what was last known before it. */
function turnOf(event: StoredEvent, kept: readonly StoredEvent[]): Turn {
  const reading = readingOf(event)
  if (!is(event, 'task.updated') || !reading) return null
  const complete = wasComplete(reading, event)
  const before = stateBefore(event, kept)
  if (before !== 'unknown') {
    if (before === complete) return null
    return complete ? 'completed' : 'reopened'
  }
  if (!complete) return null
  const near = reading.completedAt === null || Math.abs(reading.completedAt - event.happenedAt) <= 10 * minute
  return near ? 'completed' : null
}

const readingOf = (event: StoredEvent): TaskSnapshot | null => (event.facts.family === 'task' ? event.facts.snapshot : null)

/** A task read late may have been completed after the event: five seconds are left to the clocks. */
const wasComplete = (reading: TaskSnapshot, event: StoredEvent) =>
  reading.isCompleted && (reading.completedAt === null || reading.completedAt <= event.happenedAt + 5_000)

function stateBefore(event: StoredEvent, kept: readonly StoredEvent[]): boolean | 'unknown' {
  const earlier = kept.filter(other => about(other, event) && happenedBefore(other, event) && !toldOnce(other, kept))
  for (const other of inOrder(earlier, happenedBefore).reverse()) {
    const reading = readingOf(other)
    if (is(other, 'task.updated') && reading) return wasComplete(reading, other)
    // A creation tells the state only where nothing told it before; without a reading a new task is open.
    if (is(other, 'task.created') && stateBefore(other, kept) === 'unknown') return reading ? wasComplete(reading, other) : false
  }
  return 'unknown'
}

/** The creation an edit still belongs to. */
function creationOf(event: StoredEvent, kept: readonly StoredEvent[]): StoredEvent | undefined {
  const noteEdit = is(event, 'note.updated', 'note-content.updated')
  const taskEdit = is(event, 'task.updated') && turnOf(event, kept) === null
  if (!noteEdit && !taskEdit) return undefined
  const created = kept.find(other => is(other, noteEdit ? 'note.created' : 'task.created') && about(other, event) && !toldOnce(other, kept))
  if (!created || !sameMember(created, event)) return undefined
  // It was there when its author first edited it, whenever its creation was received.
  let there = created.happenedAt
  for (const other of kept) {
    const edits = noteEdit ? is(other, 'note.updated', 'note-content.updated') : is(other, 'task.updated') && turnOf(other, kept) === null
    if (edits && about(other, event) && sameMember(other, event)) there = Math.min(there, other.happenedAt)
  }
  const length = noteEdit ? created.windowMs : 2 * minute
  return event.happenedAt - there <= length ? created : undefined
}

/** The kinds whose events share a line with what the same member did to the same thing within the window. */
function windowKey(event: StoredEvent): string | null {
  const { kind, actor } = event.facts
  const edits = kind === 'note-content.updated' ? 'note.updated' : kind
  if (!['record.updated', 'list-entry.updated', 'task.updated', 'note.updated'].includes(edits)) return null
  return [thing(event.facts), actor.memberId, edits].join(' by ')
}

/** The lines of all events of one connection, and the ids of those that are duplicates. */
export function oracle(given: readonly StoredEvent[]): OracleResult {
  const all: StoredEvent[] = []
  for (const event of given) if (!all.some(other => other.id === event.id)) all.push(event)
  const repeats = broughtTwice(all)
  const kept = all.filter(event => !repeats.has(event))
  const duplicates = all.filter(event => repeats.has(event) || toldOnce(event, kept) || partOfMerge(event, kept, all))

  type Open = { kind: string; events: StoredEvent[]; key: string | null }
  const open: Open[] = []
  for (const event of inOrder(all, happenedBefore)) {
    if (duplicates.includes(event)) continue
    const created = creationOf(event, kept)
    const key = created ? `creation ${created.id}` : createsOrMerges(event) ? creationKey(event) : windowKey(event)
    const candidate = open.filter(line => key !== null && line.key === key).at(-1)
    const opener = candidate?.events[0]
    const joins = candidate && opener && (key === windowKey(event) ? event.happenedAt <= opener.happenedAt + opener.windowMs : true)
    if (joins) candidate.events.push(event)
    else open.push({ kind: event.facts.kind, events: [event], key })
  }
  const lines = open.map(({ events, kind }): OracleLine => {
    const earliest = inOrder(events, receivedBefore)[0]
    if (!earliest) throw new Error('a line without events')
    return { id: activityId(earliest.id), kind: lineKind(kind, events, kept), eventIds: events.map(event => event.id).sort() }
  })
  return { lines, duplicates: duplicates.map(event => event.id) }
}

const createsOrMerges = (event: StoredEvent) => is(event, 'note.created', 'task.created', 'record.merged')
const creationKey = (event: StoredEvent) => (is(event, 'record.merged') ? `merge ${thing(event.facts)}` : `creation ${event.id}`)

function lineKind(kind: string, events: readonly StoredEvent[], kept: readonly StoredEvent[]): string {
  const creation = events.find(event => is(event, 'note.created', 'task.created'))
  if (creation) return creation.facts.kind
  if (kind === 'note-content.updated') return 'note.updated'
  const turns = events.map(event => turnOf(event, kept)).filter(turn => turn !== null)
  return turns.length > 0 ? `task.${turns.at(-1)}` : kind
}
