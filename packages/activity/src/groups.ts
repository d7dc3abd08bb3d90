import type { StoredEvent } from './facts.ts'
import type { ActivityKind } from './line.ts'
import { byReceipt, byTime, groupBy, splitOverlap, windows } from './order.ts'
import { type TaskStep, taskHistory } from './task-history.ts'

/*
 * Which events of a lane are one line. A group is that line's events in the order they happened, `head` the first of them: its time is the line's.
 * What is left over is a repeat, with the reason.
 */

export type Group = { kind: ActivityKind; head: StoredEvent; events: StoredEvent[] }
export type Repeat = { event: StoredEvent; reason: string }
/** `history` tells what each task.updated changed; empty for other families. */
export type Grouping = { groups: Group[]; repeats: Repeat[]; history: ReadonlyMap<string, TaskStep> }
type Told = Omit<Grouping, 'history'> & Partial<Pick<Grouping, 'history'>>

export const reasons = {
  overlap: 'the same event through another webhook',
  once: 'already told: this can happen only once',
  merge: 'part of a merge',
} as const

/** A created event this close to the merge that made the record is part of it. */
const mergeCreationMs = 60_000
/** Changes of a new task by its creator within this time are still its creation, completion excepted. */
const taskFillingInMs = 2 * 60_000

const single = (event: StoredEvent): Group => ({ kind: event.facts.kind as ActivityKind, head: event, events: [event] })

function makeGroup(kind: ActivityKind, given: readonly StoredEvent[]): Group[] {
  const events = [...given].sort(byTime)
  const [head] = events
  return head ? [{ kind, head, events }] : []
}

/** Keeps the earliest received of events that can happen only once. */
function once(events: readonly StoredEvent[], repeats: Repeat[]): StoredEvent | undefined {
  const [first, ...again] = [...events].sort(byReceipt)
  for (const event of again) repeats.push({ event, reason: reasons.once })
  return first
}

const ofKind = (events: readonly StoredEvent[], kind: string) => events.filter(event => event.facts.kind === kind)

function updates(events: readonly StoredEvent[], kind: ActivityKind): Group[] {
  return groupBy(events, event => event.facts.actor.memberId)
    .flatMap(windows)
    .flatMap(window => makeGroup(kind, window))
}

/**
 * Parts the edits that still belong to a creation from those that do not. They are its author's, up to `lengthMs` after it. No edit precedes the creation:
 * one that seems to was only received before it, so the thing was there by the time of its author's first edit.
 */
function fillingIn(created: StoredEvent | undefined, edits: readonly StoredEvent[], lengthMs: number) {
  if (!created) return { filling: [], others: edits }
  const byAuthor = (event: StoredEvent) => event.facts.actor.memberId === created.facts.actor.memberId
  const opened = Math.min(created.happenedAt, edits.filter(byAuthor).sort(byTime)[0]?.happenedAt ?? created.happenedAt)
  const fills = (event: StoredEvent) => byAuthor(event) && event.happenedAt <= opened + lengthMs
  return { filling: edits.filter(fills), others: edits.filter(event => !fills(event)) }
}

/** Created, deleted and merged of one record; `isOriginal` if a merge swallowed it. */
function recordLife(events: readonly StoredEvent[], isOriginal: boolean): Told {
  const repeats: Repeat[] = []
  const merges = groupBy(ofKind(events, 'record.merged'), event =>
    event.facts.family === 'record' ? (event.facts.duplicate?.id ?? '') : '',
  ).flatMap(same => once(same, repeats) ?? [])
  const created = once(ofKind(events, 'record.created'), repeats)
  const deleted = once(ofKind(events, 'record.deleted'), repeats)
  const groups = makeGroup('record.merged', merges)
  if (created) {
    const isMerge = merges.some(event => Math.abs(event.happenedAt - created.happenedAt) <= mergeCreationMs)
    if (isMerge) repeats.push({ event: created, reason: reasons.merge })
    else groups.push(single(created))
  }
  if (deleted) {
    if (isOriginal) repeats.push({ event: deleted, reason: reasons.merge })
    else groups.push(single(deleted))
  }
  return { groups, repeats }
}

/** An entry may come and go with one id: only a repeat with no opposite between is one. */
function entryLife(events: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const groups: Group[] = []
  let last: string | undefined
  for (const event of [...events].sort(byTime)) {
    if (event.facts.kind === last) repeats.push({ event, reason: reasons.once })
    else groups.push(single(event))
    last = event.facts.kind
  }
  return { groups, repeats }
}

function note(events: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const created = once(ofKind(events, 'note.created'), repeats)
  const deleted = once(ofKind(events, 'note.deleted'), repeats)
  const edits = [...ofKind(events, 'note.updated'), ...ofKind(events, 'note-content.updated')]
  const { filling, others } = fillingIn(created, edits, created?.windowMs ?? 0)
  const groups = [...updates(others, 'note.updated'), ...(created ? makeGroup('note.created', [created, ...filling]) : [])]
  if (deleted) groups.push(single(deleted))
  return { groups, repeats }
}

function task(events: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const created = once(ofKind(events, 'task.created'), repeats)
  const deleted = once(ofKind(events, 'task.deleted'), repeats)
  const edits = ofKind(events, 'task.updated')
  const history = taskHistory([...(created ? [created] : []), ...edits])
  const completes = (event: StoredEvent) => history.get(event.id)?.completion !== undefined
  const { filling, others } = fillingIn(
    created,
    edits.filter(event => !completes(event)),
    taskFillingInMs,
  )
  const changes = updates([...others, ...edits.filter(completes)], 'task.updated').map((group): Group => {
    const completion = group.events.map(event => history.get(event.id)?.completion).findLast(step => step !== undefined)
    return completion ? { ...group, kind: `task.${completion}` } : group
  })
  const groups = [...changes, ...(created ? makeGroup('task.created', [created, ...filling]) : [])]
  if (deleted) groups.push(single(deleted))
  return { groups, repeats, history }
}

function comment(events: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const lives = [once(ofKind(events, 'comment.created'), repeats), once(ofKind(events, 'comment.deleted'), repeats)].filter(
    event => event !== undefined,
  )
  const turns = [...ofKind(events, 'comment.resolved'), ...ofKind(events, 'comment.unresolved')]
  return { groups: [...lives, ...turns].map(single), repeats }
}

function call(events: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const recorded = once(events, repeats)
  return { groups: recorded ? [single(recorded)] : [], repeats }
}

/** Groups the events of one lane; `isOriginal` if it is the lane of a record that a merge swallowed. */
export function groupLane(own: readonly StoredEvent[], isOriginal: boolean): Grouping {
  const { kept, repeats } = splitOverlap(own)
  const family = kept[0]?.facts.family
  const grouping = ((): Told => {
    switch (family) {
      case undefined:
        return { groups: [], repeats: [] }
      case 'record':
        return kept[0]?.facts.kind === 'record.updated'
          ? { groups: updates(kept, 'record.updated'), repeats: [] }
          : recordLife(kept, isOriginal)
      case 'entry':
        return kept[0]?.facts.kind === 'list-entry.updated' ? { groups: updates(kept, 'list-entry.updated'), repeats: [] } : entryLife(kept)
      case 'note':
        return note(kept)
      case 'task':
        return task(kept)
      case 'comment':
        return comment(kept)
      case 'call':
        return call(kept)
    }
  })()
  return {
    groups: grouping.groups,
    repeats: [...repeats.map(event => ({ event, reason: reasons.overlap })), ...grouping.repeats],
    history: grouping.history ?? new Map(),
  }
}
