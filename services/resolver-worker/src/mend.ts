import { activityId, type EventFacts, eventFacts, fillNames, type KnownNames, pendingNames } from '@worksights/activity'
import {
  type Database,
  holdHiddenLists,
  isNameAwaited,
  type LabelType,
  lockNamelessEvents,
  type NamelessEvent,
  readLabels,
  saveFilledNames,
  type Transaction,
  withdrawEvents,
} from '@worksights/database'
import { again, reasons, recordedAt } from './decide.ts'
import { type Get, linkedRecords, meetingParts } from './facts.ts'
import { detailsOf, fromRow, isSettled, type Label, type LabelRef, labelKey, snapshotOf, unknownLabel } from './labels/label.ts'
import { readObjects } from './labels/objects.ts'
import { readMembers } from './members.ts'
import { meetingRef, recordingRef, recordRef, taskRef } from './wants.ts'

/*
 * Gives lines what they lacked, once it is known: names, the records a task or a meeting is linked with, and the knowledge that a list is private, which
 * takes the line away unless the list was allowed. The events are changed under the locks of their lanes, so that no projection that read them before can undo it.
 */

/** Events mended in one transaction. */
const batchEvents = 200

/** Reads `type/id` back. */
function refOf(key: string): { type: LabelType; id: string } {
  const cut = key.indexOf('/')
  return { type: key.slice(0, cut) as LabelType, id: key.slice(cut + 1) }
}

/** What to mend by when `keys` were answered just now. */
export const answered = (keys: readonly string[]): string[] => keys.flatMap(key => [key, again(key)])

/** What to look at once more after events with these pending names were written: all but what needs a reading of its own. */
export const unanswered = (keys: readonly string[]): string[] => keys.filter(key => !/^(again|task)\//.test(key))

/** Mends the events that wait for one of `keys`. Returns how many are due again; labels that are still pending mend nothing. */
export async function mendNames(database: Database, connectionId: string, keys: readonly string[]): Promise<number> {
  if (!(await isNameAwaited(database.pool, connectionId, keys))) return 0
  const labels = new Map<string, Label>()
  const plain = [...new Set(keys.map(key => key.replace(/^again\//, '')))]
  for (const row of await readLabels(database.pool, connectionId, plain.map(refOf))) {
    const label = fromRow(row)
    if (isSettled(label)) labels.set(labelKey(row), label)
  }
  const settled = keys.filter(key => labels.has(key.replace(/^again\//, '')))
  if (settled.length === 0) return 0
  let due = 0
  for (;;) {
    const batch = await database.transaction(client => mendBatch(client, connectionId, labels, settled))
    due += batch.due
    if (batch.events < batchEvents) return due
  }
}

async function mendBatch(client: Transaction, connectionId: string, labels: ReadonlyMap<string, Label>, settled: readonly string[]) {
  const lists = settled.flatMap(key => (key.startsWith('list/') ? [refOf(key).id] : []))
  const hiddenNow = await holdHiddenLists(client, connectionId, lists)
  const locked = await lockNamelessEvents(client, connectionId, settled, batchEvents)
  const get: Get = ref => labels.get(labelKey(ref)) ?? unknownLabel(ref)
  const events = locked.map(event => ({ event, facts: eventFacts.parse(event.facts) }))
  const isHidden = (item: Waiting) => hiddenNow.has(awaitedList(item) ?? '')
  const hidden = events.filter(isHidden)
  const siblings = await withdrawEvents(
    client,
    connectionId,
    hidden.map(({ event }) => ({ id: event.id, lineId: activityId(event.id) })),
    reasons.privateList,
  )
  const settledKeys = new Set(settled)
  const complete = await completion(client, connectionId, get, events)
  const filled = events
    .filter(item => !isHidden(item))
    .map(item => {
      const facts = complete.facts(fillNames(withoutOutdated(item, settledKeys), namesOf(get)), item.event)
      // What a later reading will tell stays awaited; what has just been found to be linked is, too.
      const kept = item.event.pendingNames.filter(key => /^(again|call-recording)\//.test(key))
      const awaited = [...new Set([...pendingNames(facts), ...kept])].filter(key => !settledKeys.has(key))
      return { id: item.event.id, ...complete.at(item), facts, pendingNames: awaited }
    })
  if (filled.length > 0) await saveFilledNames(client, filled)
  return { events: events.length, due: filled.length + siblings }
}

type Waiting = { event: NamelessEvent; facts: EventFacts }

/** The list that an event was told of before it was known whether it may be. */
function awaitedList({ event, facts }: Waiting): string | null {
  const list = 'list' in facts ? facts.list : null
  return list !== null && event.pendingNames.includes(labelKey({ type: 'list', id: list.id })) ? list.id : null
}

function namesOf(get: Get): KnownNames {
  return {
    name: key => {
      const label = get({ ...refOf(key), parentId: '' })
      return isSettled(label) ? label : undefined
    },
    task: taskId => {
      const label = get(taskRef(taskId))
      const snapshot = label.state === 'known' ? snapshotOf(label) : null
      return snapshot ? { text: snapshot.text, snapshot } : undefined
    },
  }
}

/** Makes room for the new name where the event had to be written with the one from before. */
function withoutOutdated({ event, facts }: Waiting, settled: ReadonlySet<string>): EventFacts {
  const isOutdated = (key: string) => event.pendingNames.includes(again(key)) && settled.has(again(key))
  if (facts.family === 'note' && isOutdated(`note/${facts.note.id}`))
    return { ...facts, note: { ...facts.note, name: null, state: 'pending' } }
  if (facts.family === 'record' && isOutdated(`record/${facts.record.id}`)) {
    return { ...facts, record: { ...facts.record, name: null, state: 'pending' } }
  }
  return facts
}

/** How events get what hangs on a task, a meeting or a recording that was unknown when they were written. */
async function completion(client: Transaction, connectionId: string, get: Get, events: readonly Waiting[]) {
  const lacks = ({ event, facts }: Waiting) => hubsOf(facts).some(ref => event.pendingNames.includes(labelKey(ref)))
  const lacking = events.filter(lacks)
  if (lacking.length === 0) return { facts: (facts: EventFacts) => facts, at: () => ({}) }
  const hubs = lacking.flatMap(({ facts }) => hubsOf(facts))
  const around = new Map((await readLabels(client, connectionId, hubs)).map(row => [labelKey(row), fromRow(row)]))
  const links = [...around.values()].flatMap(label => [...linksOf(detailsOf(label, 'task')), ...linksOf(detailsOf(label, 'meeting'))])
  for (const row of await readLabels(client, connectionId, links)) around.set(labelKey(row), fromRow(row))
  const getAround: Get = ref => around.get(labelKey(ref)) ?? unknownLabel(ref)
  const objects = await readObjects(client, connectionId)
  const members = await readMembers(client, connectionId)
  return {
    facts(facts: EventFacts, event: NamelessEvent): EventFacts {
      if (!lacks({ event, facts })) return facts
      if (facts.family === 'task') {
        const label = get(taskRef(facts.taskId))
        const state = facts.taskState === 'pending' ? label.state : facts.taskState
        const linked = facts.linked.length > 0 ? facts.linked : linkedRecords(getAround, objects, detailsOf(label, 'task'))
        return { ...facts, taskState: state, text: facts.text ?? label.name, linked }
      }
      if (facts.family !== 'call') return facts
      const meeting = detailsOf(getAround(meetingRef(facts.meeting.id)), 'meeting')
      const url = facts.url ?? detailsOf(getAround(recordingOf(facts)), 'call-recording')?.url ?? null
      return { ...facts, ...(meeting ? meetingParts(getAround, objects, members, meeting) : {}), url }
    },
    /** The time of a call whose recording was unknown. */
    at({ event, facts }: Waiting): { happenedAt?: Date } {
      if (facts.family !== 'call' || !event.pendingNames.includes(labelKey(recordingOf(facts)))) return {}
      return { happenedAt: recordedAt(getAround(recordingOf(facts)), event.receivedAt) }
    },
  }
}

/** The things that facts take more from than a name. */
function hubsOf(facts: EventFacts): LabelRef[] {
  if (facts.family === 'task') return [taskRef(facts.taskId)]
  return facts.family === 'call' ? [meetingRef(facts.meeting.id), recordingOf(facts)] : []
}

function recordingOf(facts: Extract<EventFacts, { family: 'call' }>): LabelRef {
  return recordingRef(facts.meeting.id, facts.recordingId)
}

function linksOf(details: { linked: { objectId: string; recordId: string }[] } | null): LabelRef[] {
  return (details?.linked ?? []).map(link => recordRef(link.objectId, link.recordId))
}
