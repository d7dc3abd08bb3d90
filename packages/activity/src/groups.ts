import type { StoredEvent } from './facts.ts'
import type { ActivityKind } from './line.ts'
import { byReceipt, byTime, groupBy, splitOverlap, windows } from './order.ts'
import { type TaskStep, taskHistory } from './task-history.ts'

/*
 * Which events of a lane are one line. A group is that line's events in the order they happened; `head` is the event the line is about (its creation,
 * or its first change). What is left over is a repeat, with the reason.
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

function makeGroup(kind: ActivityKind, head: StoredEvent, rest: readonly StoredEvent[]): Group {
  return { kind, head, events: [head, ...rest].sort(byTime) }
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
    .map(([head, ...rest]) => makeGroup(kind, head as StoredEvent, rest))
}

/** Created, deleted and merged of one record. `others` are merges that swallowed this record. */
function recordLife(events: readonly StoredEvent[], others: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const groups: Group[] = []
  const merges = groupBy(ofKind(events, 'record.merged'), event =>
    event.facts.family === 'record' ? (event.facts.duplicate?.id ?? '') : '',
  )
    .flatMap(same => once(same, repeats) ?? [])
    .sort(byTime)
  const created = once(ofKind(events, 'record.created'), repeats)
  const deleted = once(ofKind(events, 'record.deleted'), repeats)
  const [merge, ...moreMerges] = merges
  if (merge) groups.push(makeGroup('record.merged', merge, moreMerges))
  if (created) {
    const isMerge = merges.some(event => Math.abs(event.happenedAt - created.happenedAt) <= mergeCreationMs)
    if (isMerge) repeats.push({ event: created, reason: reasons.merge })
    else groups.push(single(created))
  }
  if (deleted) {
    if (others.length > 0) repeats.push({ event: deleted, reason: reasons.merge })
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
  const groups: Group[] = []
  const created = once(ofKind(events, 'note.created'), repeats)
  const deleted = once(ofKind(events, 'note.deleted'), repeats)
  const edits = [...ofKind(events, 'note.updated'), ...ofKind(events, 'note-content.updated')]
  // An edit cannot precede the creation: one that seems to was only received before it.
  const fillsIn = (event: StoredEvent) =>
    created !== undefined &&
    event.facts.actor.memberId === created.facts.actor.memberId &&
    event.happenedAt <= created.happenedAt + created.windowMs
  if (created) groups.push(makeGroup('note.created', created, edits.filter(fillsIn)))
  groups.push(
    ...updates(
      edits.filter(event => !fillsIn(event)),
      'note.updated',
    ),
  )
  if (deleted) groups.push(single(deleted))
  return { groups, repeats }
}

function task(events: readonly StoredEvent[]): Told {
  const repeats: Repeat[] = []
  const groups: Group[] = []
  const created = once(ofKind(events, 'task.created'), repeats)
  const deleted = once(ofKind(events, 'task.deleted'), repeats)
  const edits = ofKind(events, 'task.updated')
  const history = taskHistory([...(created ? [created] : []), ...edits])
  const fillsIn = (event: StoredEvent) =>
    created !== undefined &&
    event.facts.actor.memberId === created.facts.actor.memberId &&
    history.get(event.id)?.completion === undefined &&
    event.happenedAt <= created.happenedAt + taskFillingInMs
  if (created) groups.push(makeGroup('task.created', created, edits.filter(fillsIn)))
  for (const group of updates(
    edits.filter(event => !fillsIn(event)),
    'task.updated',
  )) {
    const completion = group.events.map(event => history.get(event.id)?.completion).findLast(step => step !== undefined)
    groups.push({ ...group, kind: completion ? `task.${completion}` : 'task.updated' })
  }
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

/** Groups the events of one lane: `own` belong to it, `others` only have a say in it. */
export function groupLane(own: readonly StoredEvent[], others: readonly StoredEvent[]): Grouping {
  const { kept, repeats } = splitOverlap(own)
  const family = kept[0]?.facts.family
  const grouping = ((): Told => {
    switch (family) {
      case undefined:
        return { groups: [], repeats: [] }
      case 'record':
        return kept[0]?.facts.kind === 'record.updated'
          ? { groups: updates(kept, 'record.updated'), repeats: [] }
          : recordLife(kept, others)
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
