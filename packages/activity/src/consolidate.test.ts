import { describe, expect, test } from '@jest/globals'
import { consolidate } from './consolidate.ts'
import type { RecordRef, StoredEvent, TaskSnapshot } from './facts.ts'
import { activityId } from './ids.ts'
import { lanesOf } from './lanes.ts'
import type { ActivityLine } from './line.ts'
import {
  acme,
  ann,
  bob,
  callFacts,
  commentFacts,
  dayStart,
  entryFacts,
  eventFactory,
  jane,
  minutes,
  noteFacts,
  openTask,
  recordFacts,
  recordUpdate,
  renewalDeal,
  seconds,
  taskFacts,
} from './testing/facts-builders.ts'

type Told = { lines: ActivityLine[]; duplicates: { eventId: string; reason: string }[] }

/** Every lane of the events, lines in the order of their time. */
function tell(...events: StoredEvent[]): Told {
  const lanes = new Set(events.map(event => lanesOf(event.facts).lane))
  const all = [...lanes].map(lane => consolidate(lane, events))
  return {
    lines: all.flatMap(({ lines }) => lines).sort((a, b) => a.occurredAt - b.occurredAt),
    duplicates: all.flatMap(({ outcomes }) =>
      outcomes.flatMap(outcome => (outcome.state === 'duplicate' ? [{ eventId: outcome.eventId, reason: outcome.reason }] : [])),
    ),
  }
}

const kinds = ({ lines }: Told) => lines.map(line => line.kind)
const counts = ({ lines }: Told) => lines.map(line => line.eventCount)
const second = { webhookId: 'webhook-2' }
const byBob = { actor: bob }
const done = (completedAt: number | null = null): TaskSnapshot => ({ ...openTask, isCompleted: true, completedAt })
const ticked = (atMs: number | null = null) => taskFacts('task.updated', { snapshot: done(atMs === null ? null : dayStart + atMs) })
const unticked = () => taskFacts('task.updated')
const changedTask = (deadlineAt: number) => taskFacts('task.updated', { snapshot: { ...openTask, deadlineAt } })

describe('the window', () => {
  test('what happens at 10:00.000 joins the line', () => {
    const event = eventFactory()
    const told = tell(event(recordUpdate('Stage')), event(recordUpdate('Owner'), minutes(10)))
    expect(told.lines).toMatchObject([{ occurredAt: dayStart, lastEventAt: dayStart + minutes(10), eventCount: 2, fields: 2 }])
  })

  test('what happens at 10:00.001 opens a new line', () => {
    const event = eventFactory()
    const told = tell(event(recordUpdate('Stage')), event(recordUpdate('Owner'), minutes(10) + 1))
    expect(told.lines).toMatchObject([{ occurredAt: dayStart }, { occurredAt: dayStart + minutes(10) + 1 }])
  })

  test('a line does not stretch with each event: the window counts from the first', () => {
    const event = eventFactory()
    const told = tell(...[0, 6, 12, 18].map(minute => event(recordUpdate('Stage'), minutes(minute))))
    expect(counts(told)).toEqual([2, 2])
  })

  test('its length is the one stored with the event that opens it', () => {
    const event = eventFactory()
    const short = { windowMs: minutes(1) }
    const told = tell(
      event(recordUpdate('Stage'), 0, short),
      event(recordUpdate('Stage'), minutes(1)),
      event(recordUpdate('Stage'), minutes(2)),
      event(recordUpdate('Stage'), minutes(12), short),
      event(recordUpdate('Stage'), minutes(13), short),
    )
    expect(counts(told)).toEqual([2, 2, 1])
  })

  test('a length of nothing still joins what happened at the same moment', () => {
    const event = eventFactory()
    const none = { windowMs: 0 }
    expect(
      counts(tell(event(recordUpdate('Stage'), 0, none), event(recordUpdate('Owner'), 0, none), event(recordUpdate('Owner'), 1, none))),
    ).toEqual([2, 1])
  })

  test('the time that counts is when it happened, not when it was received', () => {
    const event = eventFactory()
    const told = tell(
      event(recordUpdate('Stage'), minutes(20), { happenedAt: dayStart }),
      event(recordUpdate('Owner'), minutes(5)),
      event(recordUpdate('Source'), minutes(20)),
    )
    expect(told.lines).toMatchObject([{ detail: 'Updated Stage and Owner' }, { detail: 'Updated Source' }])
  })
})

describe('the key', () => {
  test('changes of one record by two members are two lines', () => {
    const event = eventFactory()
    const told = tell(event(recordUpdate('Stage')), event(recordUpdate('Stage', byBob), 1), event(recordUpdate('Stage'), 2))
    expect(told.lines.map(line => line.memberId)).toEqual([ann.memberId, bob.memberId])
    expect(counts(told)).toEqual([2, 1])
  })

  test('changes of two records by one member are two lines', () => {
    const event = eventFactory()
    expect(counts(tell(event(recordUpdate('Stage')), event(recordUpdate('Stage', { record: jane }), 1)))).toEqual([1, 1])
  })

  test('changes of a record and of its list entry are two lines', () => {
    const event = eventFactory()
    expect(kinds(tell(event(recordUpdate('Stage')), event(entryFacts('list-entry.updated'), 1)))).toEqual([
      'record.updated',
      'list-entry.updated',
    ])
  })

  test('changes of one list entry, of one task and of one note are one line each', () => {
    const event = eventFactory()
    const told = tell(
      event(entryFacts('list-entry.updated'), 0),
      event(entryFacts('list-entry.updated'), minutes(3)),
      event(changedTask(1), 1),
      event(changedTask(2), minutes(3)),
      event(noteFacts('note.updated'), 2),
      event(noteFacts('note-content.updated'), minutes(3)),
    )
    expect(kinds(told)).toEqual(['list-entry.updated', 'task.updated', 'note.updated'])
    expect(counts(told)).toEqual([2, 2, 2])
  })
})

describe('filling in', () => {
  test('edits of a note by its author belong to its creation, up to and including 10:00.000', () => {
    const event = eventFactory()
    const told = tell(
      event(noteFacts('note.created')),
      event(noteFacts('note.updated'), seconds(5)),
      event(noteFacts('note-content.updated'), minutes(10)),
      event(noteFacts('note-content.updated'), minutes(10) + 1),
    )
    expect(kinds(told)).toEqual(['note.created', 'note.updated'])
    expect(counts(told)).toEqual([3, 1])
  })

  test('an edit of a note by another member is a line of its own', () => {
    const event = eventFactory()
    expect(kinds(tell(event(noteFacts('note.created')), event(noteFacts('note-content.updated', byBob), 1)))).toEqual([
      'note.created',
      'note.updated',
    ])
  })

  test('an edit received before the creation of its note belongs to the creation, and the line stays where it is', () => {
    const event = eventFactory()
    const edit = event(noteFacts('note-content.updated'))
    const created = event(noteFacts('note.created'), minutes(2))
    const told = tell(edit, created)
    expect(told.lines).toMatchObject([{ kind: 'note.created', id: activityId(edit.id), occurredAt: dayStart, eventCount: 2 }])
    expect(tell(edit).lines).toMatchObject([{ id: activityId(edit.id), occurredAt: dayStart }])
  })

  test('when the creation comes after hours, only the edits within ten minutes of the first belong to it', () => {
    const event = eventFactory()
    const told = tell(
      event(noteFacts('note-content.updated'), 0),
      event(noteFacts('note-content.updated'), minutes(10)),
      event(noteFacts('note-content.updated'), minutes(30)),
      event(noteFacts('note.created'), minutes(180)),
    )
    expect(kinds(told)).toEqual(['note.created', 'note.updated'])
    expect(counts(told)).toEqual([3, 1])
  })

  test('changes of a task by its creator belong to its creation, up to and including 2:00.000', () => {
    const event = eventFactory()
    const told = tell(
      event(taskFacts('task.created')),
      event(changedTask(1), minutes(2)),
      event(changedTask(2), minutes(2) + 1),
      event(changedTask(3), minutes(3)),
    )
    expect(kinds(told)).toEqual(['task.created', 'task.updated'])
    expect(counts(told)).toEqual([2, 2])
  })

  test('completing a new task at once is a line of its own, and so is a change by another member', () => {
    const event = eventFactory()
    const told = tell(
      event(taskFacts('task.created')),
      event(ticked(), 1),
      event(taskFacts('task.updated', { ...byBob, snapshot: { ...done(), deadlineAt: 1 } }), 2),
    )
    expect(kinds(told)).toEqual(['task.created', 'task.completed', 'task.updated'])
  })

  test('a change of a record or an entry is a line of its own, however soon after its creation', () => {
    const event = eventFactory()
    const told = tell(
      event(recordFacts('record.created')),
      event(recordUpdate('Stage'), 1),
      event(entryFacts('list-entry.created'), 2),
      event(entryFacts('list-entry.updated'), 3),
    )
    expect(kinds(told)).toEqual(['record.created', 'record.updated', 'list-entry.created', 'list-entry.updated'])
  })
})

describe('once is once', () => {
  test.each([
    recordFacts('record.created'),
    recordFacts('record.deleted'),
    noteFacts('note.created'),
    noteFacts('note.deleted'),
    commentFacts('comment.created'),
    commentFacts('comment.deleted'),
    taskFacts('task.created'),
    taskFacts('task.deleted'),
    callFacts(),
  ])('$kind arriving again, with another key or through another webhook, is a duplicate', facts => {
    const event = eventFactory()
    const first = event(facts)
    const again = event(facts, minutes(30))
    const elsewhere = event(facts, minutes(90), second)
    const told = tell(elsewhere, again, first)
    expect(told.lines).toMatchObject([{ id: activityId(first.id), eventIds: [first.id], occurredAt: dayStart }])
    expect(told.duplicates.map(({ eventId }) => eventId).sort()).toEqual([again.id, elsewhere.id].sort())
    expect(told.duplicates[0]?.reason).toBe('already told: this can happen only once')
  })

  test('a comment may be resolved and reopened any number of times', () => {
    const event = eventFactory()
    const turns = (['comment.resolved', 'comment.unresolved', 'comment.resolved'] as const).map((kind, at) => event(commentFacts(kind), at))
    expect(kinds(tell(...turns))).toEqual(['comment.resolved', 'comment.unresolved', 'comment.resolved'])
  })

  test('an entry that is removed and added again is two more lines', () => {
    const event = eventFactory()
    const told = tell(
      event(entryFacts('list-entry.created'), 0),
      event(entryFacts('list-entry.deleted'), minutes(1)),
      event(entryFacts('list-entry.created'), minutes(2)),
    )
    expect(kinds(told)).toEqual(['list-entry.created', 'list-entry.deleted', 'list-entry.created'])
  })

  test('an entry that is added again without having been removed is a duplicate', () => {
    const event = eventFactory()
    const told = tell(event(entryFacts('list-entry.created')), event(entryFacts('list-entry.created'), minutes(30)))
    expect(kinds(told)).toEqual(['list-entry.created'])
    expect(told.duplicates).toHaveLength(1)
  })
})

describe('merges', () => {
  const original = (id: string): RecordRef => ({ id, name: id, state: 'gone', objectId: acme.objectId })
  const merge = (id: string) => recordFacts('record.merged', { duplicate: original(id) })

  test('two events of one merge, however far apart, are one line', () => {
    const event = eventFactory()
    const told = tell(event(merge('Inc')), event(merge('ACME'), minutes(45)))
    expect(told.lines).toMatchObject([{ kind: 'record.merged', detail: 'Merged Inc and ACME', eventCount: 2, occurredAt: dayStart }])
  })

  test('one event of a merge is the line already', () => {
    const event = eventFactory()
    expect(tell(event(merge('Inc'))).lines).toMatchObject([{ detail: 'Merged Inc into Acme Corp', eventCount: 1 }])
  })

  test('the same event of a merge again is a duplicate', () => {
    const event = eventFactory()
    const told = tell(event(merge('Inc')), event(merge('ACME'), 1), event(merge('Inc'), minutes(5)))
    expect(counts(told)).toEqual([2])
    expect(told.duplicates).toHaveLength(1)
  })

  test('the creation of the result and the deletions of the originals make no line', () => {
    const event = eventFactory()
    const told = tell(
      event(recordFacts('record.created'), 0),
      event(merge('Inc'), seconds(1)),
      event(merge('ACME'), seconds(1)),
      event(recordFacts('record.deleted', { record: original('Inc') }), seconds(2)),
      event(recordFacts('record.deleted', { record: original('ACME') }), seconds(2)),
    )
    expect(kinds(told)).toEqual(['record.merged'])
    expect(told.duplicates.map(({ reason }) => reason)).toEqual(['part of a merge', 'part of a merge', 'part of a merge'])
  })

  test('a result that was created long before keeps its line, and deleting the result later is a line', () => {
    const event = eventFactory()
    const told = tell(
      event(recordFacts('record.created')),
      event(merge('Inc'), minutes(1) + 1),
      event(recordFacts('record.deleted'), minutes(5)),
    )
    expect(kinds(told)).toEqual(['record.created', 'record.merged', 'record.deleted'])
  })

  test('an original keeps the line of its creation', () => {
    const event = eventFactory()
    const told = tell(event(recordFacts('record.created', { record: original('Inc') })), event(merge('Inc'), minutes(5)))
    expect(kinds(told)).toEqual(['record.created', 'record.merged'])
  })

  test('events of other lanes have no say', () => {
    const event = eventFactory()
    const deleted = event(recordFacts('record.deleted', { record: renewalDeal }))
    const { lines } = consolidate(`record/${renewalDeal.id}`, [deleted, event(merge('Inc')), event(recordFacts('record.created'))])
    expect(lines).toHaveLength(1)
  })
})

describe('tasks', () => {
  test('tick, untick and tick within a window is one completed line with all three steps', () => {
    const event = eventFactory()
    const told = tell(event(unticked(), 0), event(ticked(), 1), event(unticked(), 2), event(ticked(), 3))
    expect(told.lines).toMatchObject([{ kind: 'task.completed', eventCount: 4, fields: 1 }])
    expect(told.lines[0]?.changes[0]?.steps.map(step => step.to)).toEqual(['Completed', 'Open', 'Completed'])
  })

  test('tick, untick and tick in windows of their own are three lines', () => {
    const event = eventFactory()
    const told = tell(event(ticked(), 0), event(unticked(), minutes(11)), event(ticked(), minutes(22)))
    expect(kinds(told)).toEqual(['task.completed', 'task.reopened', 'task.completed'])
  })

  test('a change of a task that stays completed is an update', () => {
    const event = eventFactory()
    expect(kinds(tell(event(ticked(), 0), event(ticked(0), minutes(30))))).toEqual(['task.completed', 'task.updated'])
  })

  test.each([
    ['completed within ten minutes of it', -minutes(10), 'task.completed'],
    ['completed longer before', -minutes(10) - 1, 'task.updated'],
    ['completed after it: read late', minutes(1), 'task.updated'],
    ['completed at an unknown time', null, 'task.completed'],
  ])('the first sight of a task %s', (_, completedAt, kind) => {
    const event = eventFactory()
    expect(kinds(tell(event(ticked(completedAt))))).toEqual([kind])
  })

  test('the first sight of an open task is an update', () => {
    expect(kinds(tell(eventFactory()(unticked())))).toEqual(['task.updated'])
  })

  test('a task read late is completed by the event after which it was completed', () => {
    const event = eventFactory()
    const late = ticked(minutes(30))
    const told = tell(
      event(taskFacts('task.created', { snapshot: done(dayStart + minutes(30)) })),
      event(late, minutes(15)),
      event(late, minutes(30) + 200),
    )
    expect(kinds(told)).toEqual(['task.created', 'task.updated', 'task.completed'])
  })

  test('who completes a task is told, whoever changed it before', () => {
    const event = eventFactory()
    const told = tell(event(changedTask(1), 0), event(taskFacts('task.updated', { ...byBob, snapshot: done() }), minutes(1)))
    expect(told.lines).toMatchObject([
      { kind: 'task.updated', memberId: ann.memberId },
      { kind: 'task.completed', memberId: bob.memberId },
    ])
  })

  test('a task that cannot be read keeps its last known state', () => {
    const event = eventFactory()
    const unread = taskFacts('task.updated', { snapshot: null })
    expect(kinds(tell(event(ticked(), 0), event(unread, minutes(11)), event(unticked(), minutes(22))))).toEqual([
      'task.completed',
      'task.updated',
      'task.reopened',
    ])
  })
})

describe('two webhooks alive', () => {
  test('equal bodies from different webhooks up to and including 60 s apart are one event', () => {
    const event = eventFactory()
    const told = tell(event(recordUpdate('Stage')), event(recordUpdate('Stage'), seconds(60), second))
    expect(counts(told)).toEqual([1])
    expect(told.duplicates.map(({ reason }) => reason)).toEqual(['the same event through another webhook'])
  })

  test('equal bodies from different webhooks more than 60 s apart are two events', () => {
    const event = eventFactory()
    expect(counts(tell(event(recordUpdate('Stage')), event(recordUpdate('Stage'), seconds(60) + 1, second)))).toEqual([2])
  })

  test('equal bodies from one webhook are two events', () => {
    const event = eventFactory()
    expect(counts(tell(event(recordUpdate('Stage')), event(recordUpdate('Stage'), 0)))).toEqual([2])
  })

  test('two edits brought by both webhooks are two, in whichever order the four arrive', () => {
    for (const order of [
      ['webhook-1', 'webhook-2', 'webhook-1', 'webhook-2'],
      ['webhook-1', 'webhook-2', 'webhook-2', 'webhook-1'],
      ['webhook-1', 'webhook-1', 'webhook-2', 'webhook-2'],
    ]) {
      const event = eventFactory()
      const told = tell(...order.map((webhookId, at) => event(recordUpdate('Stage'), at, { webhookId })))
      expect(counts(told)).toEqual([2])
      expect(told.duplicates).toHaveLength(2)
    }
  })

  test('different bodies are never one event', () => {
    const event = eventFactory()
    expect(counts(tell(event(recordUpdate('Stage')), event(recordUpdate('Owner'), 1, second)))).toEqual([2])
  })
})

describe('ids and lateness', () => {
  test('the id of a line is that of its earliest received event, not of its first', () => {
    const event = eventFactory()
    const received = event(recordUpdate('Stage'), minutes(1))
    const earlier = event(recordUpdate('Owner'), minutes(2), { happenedAt: dayStart })
    expect(tell(received).lines[0]?.id).toBe(activityId(received.id))
    expect(tell(received, earlier).lines).toMatchObject([{ id: activityId(received.id), occurredAt: dayStart, late: false }])
  })

  test('a line keeps its id while it grows', () => {
    const event = eventFactory()
    const events = [0, 1, 2, 3].map(minute => event(recordUpdate('Stage'), minutes(minute)))
    const ids = events.map((_, index) => tell(...events.slice(0, index + 1)).lines[0]?.id)
    expect(new Set(ids)).toEqual(new Set([activityId(events[0]?.id ?? '')]))
  })

  test('a late event that moves the windows leaves each line the id of what it received first', () => {
    const event = eventFactory()
    const at = [8, 12, 19].map(minute => event(recordUpdate('Stage'), minutes(minute)))
    const late = event(recordUpdate('Stage'), minutes(25), { happenedAt: dayStart })
    const ids = ({ lines }: Told) => lines.map(({ id }) => at.findIndex(one => id === activityId(one.id)))
    expect(ids(tell(...at))).toEqual([0, 2])
    expect(ids(tell(...at, late))).toEqual([0, 1])
    expect(counts(tell(...at, late))).toEqual([2, 2])
  })

  test.each([
    [minutes(10), false],
    [minutes(10) + 1, true],
  ])('what comes %d ms after it happened stands where it belongs; arrived late: %s', (lag, late) => {
    const told = tell(eventFactory()(recordUpdate('Stage'), lag, { happenedAt: dayStart }))
    expect(told.lines).toMatchObject([{ occurredAt: dayStart, late }])
  })

  test('a recording stands at its creation and is not late, however long its upload took', () => {
    const told = tell(eventFactory()(callFacts(), minutes(90), { happenedAt: dayStart }))
    expect(told.lines).toMatchObject([{ occurredAt: dayStart, late: false }])
  })

  test('events of one delivery keep their order', () => {
    const event = eventFactory()
    const [zero, one] = [0, 1].map(index =>
      event(recordUpdate(`Field ${index}`), 0, { deliveryId: '019a0000-0000-7000-8000-00000000abcd', index }),
    )
    if (!zero || !one) throw new Error('two events expected')
    expect(tell(one, zero).lines).toMatchObject([
      { id: activityId(zero.id), eventIds: [zero.id, one.id], detail: 'Updated Field 0 and Field 1' },
    ])
  })
})

describe('the function', () => {
  test('a lane without events has no lines', () => {
    expect(consolidate('record/none', [])).toEqual({ lines: [], outcomes: [] })
  })

  test('a duplicate names no line, every other event the line it became', () => {
    const event = eventFactory()
    const first = event(noteFacts('note.created'))
    const edit = event(noteFacts('note.updated'), 1)
    const again = event(noteFacts('note.created'), minutes(5))
    const { outcomes } = consolidate(lanesOf(first.facts).lane, [again, edit, first, edit])
    const id = activityId(first.id)
    expect(outcomes).toEqual([
      { eventId: first.id, state: 'projected', activityId: id },
      { eventId: edit.id, state: 'projected', activityId: id },
      { eventId: again.id, state: 'duplicate', reason: 'already told: this can happen only once' },
    ])
  })
})
