import { describe, expect, test } from '@jest/globals'
import { consolidate } from './consolidate.ts'
import type { EventFacts, RecordRef, StoredEvent } from './facts.ts'
import { lanesOf } from './lanes.ts'
import type { ActivityLine } from './line.ts'
import {
  acme,
  ann,
  attribute,
  bob,
  callFacts,
  commentFacts,
  deals,
  entryFacts,
  eventFactory,
  hotLeads,
  jane,
  known,
  minutes,
  nameless,
  noteFacts,
  openTask,
  recordFacts,
  recordUpdate,
  renewalDeal,
  review,
  seconds,
  taskFacts,
} from './testing/facts-builders.ts'

function linesOf(events: readonly StoredEvent[]): ActivityLine[] {
  const lanes = new Set(events.map(event => lanesOf(event.facts).lane))
  return [...lanes].flatMap(lane => consolidate(lane, events).lines).sort((a, b) => a.occurredAt - b.occurredAt)
}

/** The one line that the facts, a second apart, become. */
function tell(...facts: EventFacts[]): ActivityLine {
  const event = eventFactory()
  const lines = linesOf(facts.map((item, index) => event(item, seconds(index))))
  const [line] = lines
  if (!line || lines.length !== 1) throw new Error(`one line expected, not ${lines.length}`)
  return line
}

const original = (id: string, name: string | null): RecordRef => ({ id, name, state: 'gone', objectId: acme.objectId })
const inc = original('aaaa1111-8375-46a0-bde0-03b3753f8c79', 'Acme Inc')
const upper = original('bbbb2222-8375-46a0-bde0-03b3753f8c79', 'ACME')
const completedTask = { ...openTask, isCompleted: true }
const onHotLeads = { list: hotLeads }

type Row = {
  facts: EventFacts[]
  kind: ActivityLine['kind']
  category: ActivityLine['category']
  feature: ActivityLine['feature']
  title: string
  detail: string | null
  summary: string
}
const crm = { category: 'default', feature: 'crm' } as const
const notes = { category: 'default', feature: 'notes' } as const
const tasks = { category: 'task', feature: 'tasks' } as const

const table: Row[] = [
  {
    ...crm,
    facts: [recordFacts('record.created')],
    kind: 'record.created',
    title: 'Acme Corp > Created',
    detail: 'Created company',
    summary: 'Ann Lee created company Acme Corp',
  },
  {
    facts: [recordFacts('record.created', { feature: 'deals', object: deals, record: renewalDeal })],
    kind: 'record.created',
    category: 'default',
    feature: 'deals',
    title: 'Acme renewal > Created',
    detail: 'Created deal',
    summary: 'Ann Lee created deal Acme renewal',
  },
  {
    ...crm,
    facts: [recordUpdate('Deal Value')],
    kind: 'record.updated',
    title: 'Acme Corp > Updated',
    detail: 'Updated Deal Value',
    summary: 'Ann Lee updated Deal Value on Acme Corp',
  },
  {
    ...crm,
    facts: [recordFacts('record.deleted')],
    kind: 'record.deleted',
    title: 'Acme Corp > Deleted',
    detail: 'Deleted company',
    summary: 'Ann Lee deleted company Acme Corp',
  },
  {
    ...crm,
    facts: [recordFacts('record.merged', { duplicate: inc }), recordFacts('record.merged', { duplicate: upper })],
    kind: 'record.merged',
    title: 'Acme Corp > Merged',
    detail: 'Merged Acme Inc and ACME',
    summary: 'Ann Lee merged Acme Inc and ACME into Acme Corp',
  },
  {
    ...crm,
    facts: [entryFacts('list-entry.created')],
    kind: 'list-entry.created',
    title: 'Acme Corp > List entry added',
    detail: 'Added to Hot Leads',
    summary: 'Ann Lee added Acme Corp to Hot Leads',
  },
  {
    ...crm,
    facts: [entryFacts('list-entry.updated', { attribute: attribute('Priority') })],
    kind: 'list-entry.updated',
    title: 'Acme Corp > List entry updated',
    detail: 'Updated Priority in Hot Leads',
    summary: 'Ann Lee updated Priority of Acme Corp in Hot Leads',
  },
  {
    ...crm,
    facts: [entryFacts('list-entry.deleted', { list: known('list-2', 'At Risk') })],
    kind: 'list-entry.deleted',
    title: 'Acme Corp > List entry removed',
    detail: 'Removed from At Risk',
    summary: 'Ann Lee removed Acme Corp from At Risk',
  },
  {
    ...notes,
    facts: [noteFacts('note.created')],
    kind: 'note.created',
    title: 'Acme Corp > Q2 Business Review > Note created',
    detail: null,
    summary: 'Ann Lee created note Q2 Business Review on Acme Corp',
  },
  {
    ...notes,
    facts: [noteFacts('note.updated')],
    kind: 'note.updated',
    title: 'Acme Corp > Q2 Business Review > Note updated',
    detail: 'Renamed note',
    summary: 'Ann Lee renamed note Q2 Business Review on Acme Corp',
  },
  {
    ...notes,
    facts: [noteFacts('note-content.updated')],
    kind: 'note.updated',
    title: 'Acme Corp > Q2 Business Review > Note updated',
    detail: 'Edited note text',
    summary: 'Ann Lee edited note Q2 Business Review on Acme Corp',
  },
  {
    ...notes,
    facts: [noteFacts('note-content.updated'), noteFacts('note.updated')],
    kind: 'note.updated',
    title: 'Acme Corp > Q2 Business Review > Note updated',
    detail: 'Renamed note and edited its text',
    summary: 'Ann Lee renamed note Q2 Business Review on Acme Corp and edited its text',
  },
  {
    ...notes,
    facts: [noteFacts('note.deleted', { note: { ...review, state: 'gone' } })],
    kind: 'note.deleted',
    title: 'Acme Corp > Q2 Business Review > Note deleted',
    detail: null,
    summary: 'Ann Lee deleted note Q2 Business Review on Acme Corp',
  },
  {
    ...notes,
    facts: [commentFacts('comment.created')],
    kind: 'comment.created',
    title: 'Acme Corp > Comment added',
    detail: null,
    summary: 'Ann Lee commented on Acme Corp',
  },
  {
    ...notes,
    facts: [commentFacts('comment.created', onHotLeads)],
    kind: 'comment.created',
    title: 'Acme Corp > Comment added',
    detail: 'On the Hot Leads entry',
    summary: 'Ann Lee commented on Acme Corp',
  },
  {
    ...notes,
    facts: [commentFacts('comment.resolved', onHotLeads)],
    kind: 'comment.resolved',
    title: 'Acme Corp > Comment resolved',
    detail: 'On the Hot Leads entry',
    summary: 'Ann Lee resolved a comment on Acme Corp',
  },
  {
    ...notes,
    facts: [commentFacts('comment.unresolved')],
    kind: 'comment.unresolved',
    title: 'Acme Corp > Comment reopened',
    detail: null,
    summary: 'Ann Lee reopened a comment on Acme Corp',
  },
  {
    ...notes,
    facts: [commentFacts('comment.deleted')],
    kind: 'comment.deleted',
    title: 'Acme Corp > Comment deleted',
    detail: null,
    summary: 'Ann Lee deleted a comment on Acme Corp',
  },
  {
    ...tasks,
    facts: [taskFacts('task.created')],
    kind: 'task.created',
    title: 'Renewal - Acme Corp > Task created',
    detail: 'Renewal - Acme Corp',
    summary: 'Ann Lee created task Renewal - Acme Corp',
  },
  {
    ...tasks,
    facts: [taskFacts('task.updated', { snapshot: completedTask })],
    kind: 'task.completed',
    title: 'Renewal - Acme Corp > Task completed',
    detail: 'Renewal - Acme Corp',
    summary: 'Ann Lee completed task Renewal - Acme Corp',
  },
  {
    ...tasks,
    facts: [taskFacts('task.updated', { snapshot: completedTask }), taskFacts('task.updated')],
    kind: 'task.reopened',
    title: 'Renewal - Acme Corp > Task reopened',
    detail: 'Renewal - Acme Corp',
    summary: 'Ann Lee reopened task Renewal - Acme Corp',
  },
  {
    ...tasks,
    facts: [taskFacts('task.updated')],
    kind: 'task.updated',
    title: 'Renewal - Acme Corp > Task updated',
    detail: 'Renewal - Acme Corp',
    summary: 'Ann Lee updated task Renewal - Acme Corp',
  },
  {
    ...tasks,
    facts: [taskFacts('task.deleted', { taskState: 'gone' })],
    kind: 'task.deleted',
    title: 'Renewal - Acme Corp > Task deleted',
    detail: 'Renewal - Acme Corp',
    summary: 'Ann Lee deleted task Renewal - Acme Corp',
  },
  {
    facts: [callFacts()],
    kind: 'call-recording.created',
    category: 'meeting',
    feature: 'calls',
    title: 'Acme Corp > Q2 sync > Call recorded',
    detail: null,
    summary: 'Ann Lee recorded Q2 sync with Acme Corp',
  },
  {
    facts: [callFacts({ linked: [] })],
    kind: 'call-recording.created',
    category: 'meeting',
    feature: 'calls',
    title: 'Q2 sync > Call recorded',
    detail: null,
    summary: 'Ann Lee recorded Q2 sync',
  },
]

describe('the event table', () => {
  test.each(table)('$facts.0.kind becomes "$title" with detail "$detail"', ({ facts, ...expected }) => {
    const line = tell(...facts)
    expect(line).toMatchObject({ ...expected, nameState: 'known', actorName: 'Ann Lee', memberId: ann.memberId })
    expect(line.breadcrumb.join(' > ')).toBe(expected.title)
  })
})

describe('attributes', () => {
  test.each([
    [['Stage'], 'Updated Stage'],
    [['Stage', 'Deal Value'], 'Updated Stage and Deal Value'],
    [['Stage', 'Deal Value', 'Owner'], 'Updated Stage, Deal Value and 1 more'],
    [['Stage', 'Deal Value', 'Owner', 'Close date', 'Source'], 'Updated Stage, Deal Value and 3 more'],
    [['Stage', 'Deal Value', 'Stage'], 'Updated Stage and Deal Value'],
  ])('%j is told as "%s", each attribute once', (names, detail) => {
    const line = tell(...names.map(name => recordUpdate(name)))
    expect(line).toMatchObject({ detail, fields: new Set(names).size, eventCount: names.length })
    expect(line.attributeIds).toEqual([...new Set(names)].map(name => attribute(name).id))
  })

  test('status attributes come first, the others in order of first change', () => {
    const stage = attribute('Stage', 'status')
    const line = tell(recordUpdate('Owner'), recordUpdate('Deal Value'), recordUpdate('Stage', { attribute: stage }), recordUpdate('Owner'))
    expect(line.detail).toBe('Updated Stage, Owner and 1 more')
    expect(line.changes.map(change => change.title)).toEqual(['Stage', 'Owner', 'Deal Value'])
  })

  test('each step of an attribute names its event and its time', () => {
    const event = eventFactory()
    const events = [event(recordUpdate('Stage'), 0), event(recordUpdate('Stage'), minutes(3))]
    expect(linesOf(events)[0]?.changes).toEqual([
      {
        attribute_id: attribute('Stage').id,
        title: 'Stage',
        steps: [
          { at: '2026-11-24T09:00:00.000Z', event_id: events[0]?.id },
          { at: '2026-11-24T09:03:00.000Z', event_id: events[1]?.id },
        ],
      },
    ])
  })

  test.each(['forbidden', 'pending', 'gone'] as const)('an attribute without a label (%s) is told by a short id', state => {
    const unlabelled = { ...nameless('41252299-f8c7-4b5e-99c9-4ff8321d2f96', state), type: null }
    expect(tell(recordUpdate('', { attribute: unlabelled }))).toMatchObject({ detail: 'Updated field 41252299', nameState: state })
    expect(tell(entryFacts('list-entry.updated', { attribute: unlabelled })).detail).toBe('Updated field 41252299 in Hot Leads')
  })

  test('an update that names no attribute leaves no hole in its sentence', () => {
    expect(tell(recordFacts('record.updated'))).toMatchObject({ detail: 'Updated company', summary: 'Ann Lee updated company Acme Corp' })
    const entry = tell(entryFacts('list-entry.updated'))
    expect(entry).toMatchObject({ detail: 'Updated entry in Hot Leads', summary: 'Ann Lee updated the entry of Acme Corp in Hot Leads' })
  })
})

describe('names that are not known', () => {
  test.each(['pending', 'forbidden', 'gone'] as const)(
    'a record without a name (%s) is told by a short id, and the line says why',
    state => {
      const record = { ...acme, ...nameless(acme.id, state) }
      const line = tell(recordFacts('record.deleted', { record }))
      expect(line).toMatchObject({ title: 'bf071e1f > Deleted', nameState: state, subject: { name: 'bf071e1f', name_state: state } })
    },
  )

  test('a person without any name is told by a short id, and nothing is pending', () => {
    const record = { ...jane, ...nameless(jane.id, 'known') }
    expect(tell(recordUpdate('Phone', { record }))).toMatchObject({ title: '9a0b1c2d > Updated', nameState: 'known' })
    expect(tell(recordUpdate('Phone', { record: { ...record, name: ' ' } })).title).toBe('9a0b1c2d > Updated')
  })

  test('a gone record keeps its last known name', () => {
    expect(tell(recordFacts('record.deleted', { record: { ...acme, state: 'gone' } }))).toMatchObject({
      title: 'Acme Corp > Deleted',
      nameState: 'known',
    })
  })

  test('what may still arrive outweighs what is refused or gone', () => {
    const forbidden = { ...nameless('41252299-f8c7-4b5e-99c9-4ff8321d2f96', 'forbidden'), type: null }
    const pending = { ...acme, ...nameless(acme.id, 'pending') }
    expect(tell(recordUpdate('', { attribute: forbidden, record: pending })).nameState).toBe('pending')
  })

  test('an object without a noun is a record', () => {
    const object = { id: 'custom', singular: null, plural: null }
    expect(tell(recordFacts('record.created', { object })).detail).toBe('Created record')
    expect(tell(recordFacts('record.merged', { object, duplicate: original('x', null) })).detail).toBe('Merged two records')
  })

  test('a member without a name is somebody', () => {
    const line = tell(recordFacts('record.created', { actor: { ...ann, name: null } }))
    expect(line).toMatchObject({ summary: 'Somebody created company Acme Corp', actorName: null })
  })

  test('a rename within a line shows the newest name, and a later missing one does not undo it', () => {
    const renamed = { ...acme, name: 'Acme Group' }
    const unread = { ...acme, ...nameless(acme.id, 'pending') }
    const line = tell(recordUpdate('Name'), recordUpdate('Name', { record: renamed }), recordUpdate('Stage', { record: unread }))
    expect(line).toMatchObject({ title: 'Acme Group > Updated', subject: { name: 'Acme Group' }, nameState: 'known' })
  })
})

describe('merges', () => {
  const merged = (...duplicates: RecordRef[]) => tell(...duplicates.map(duplicate => recordFacts('record.merged', { duplicate })))

  test('one known original is merged into the result', () => {
    expect(merged(inc, original('x', null)).detail).toBe('Merged Acme Inc into Acme Corp')
    expect(merged(inc).detail).toBe('Merged Acme Inc into Acme Corp')
  })

  test('no known original: their number and noun', () => {
    const line = merged(original('x', null), original('y', null))
    expect(line).toMatchObject({ detail: 'Merged two companies', summary: 'Ann Lee merged two companies into Acme Corp' })
  })

  test('the originals are found by the line', () => {
    expect(merged(inc, upper).recordIds).toEqual([acme.id, inc.id, upper.id])
  })
})

describe('lists', () => {
  test.each(['pending', 'forbidden', 'gone'] as const)('a list without a name (%s) is never told by its id', state => {
    const list = nameless('5ec4e700-e529-47c9-b894-0ba25e9c15c0', state)
    const lines = [
      tell(entryFacts('list-entry.created', { list })),
      tell(entryFacts('list-entry.deleted', { list })),
      tell(entryFacts('list-entry.updated', { list, attribute: attribute('Priority') })),
      tell(commentFacts('comment.created', { list })),
    ]
    expect(lines.map(line => line.detail)).toEqual([
      'Added to a list',
      'Removed from a list',
      'Updated Priority in a list',
      'On a list entry',
    ])
    for (const { title, detail, summary, breadcrumb, changes, related } of lines) {
      expect(JSON.stringify({ title, detail, summary, breadcrumb, changes, related })).not.toContain('5ec4e700')
    }
  })
})

describe('notes', () => {
  test.each(['', '  '])('a note titled "%s" is untitled', name => {
    const line = tell(noteFacts('note.created', { note: { ...review, name } }))
    expect(line).toMatchObject({ title: 'Acme Corp > Untitled note > Note created', nameState: 'known' })
  })

  test('a note that could not be read is told by a short id', () => {
    const line = tell(noteFacts('note.created', { note: nameless(review.id, 'pending') }))
    expect(line).toMatchObject({ title: 'Acme Corp > ff3f3bd4 > Note created', nameState: 'pending' })
  })

  test('a title given just after creation is the title of the created line', () => {
    const line = tell(noteFacts('note.created', { note: { ...review, name: '' } }), noteFacts('note.updated'))
    expect(line).toMatchObject({ kind: 'note.created', title: 'Acme Corp > Q2 Business Review > Note created', eventCount: 2, fields: 0 })
  })
})

describe('tasks', () => {
  const headed = (text: string) => tell(taskFacts('task.created', { snapshot: { ...openTask, text } }))
  const words = (length: number) => 'abcdefghi '.repeat(20).slice(0, length)

  test('the header is the first line that is not empty, the detail the whole text', () => {
    expect(headed('\n  \r\n  Call Jane  \nabout the renewal')).toMatchObject({
      title: 'Call Jane > Task created',
      detail: '\n  \r\n  Call Jane  \nabout the renewal',
    })
  })

  test('a header of 80 characters stays whole', () => {
    const line = `${words(79)}x`
    expect(headed(line).subject.name).toBe(line)
  })

  test('a longer header is cut at a word', () => {
    expect(headed(words(85)).subject.name).toBe(`${words(79)}…`)
    expect(headed(`${words(75)}longer word`).subject.name).toBe(`${words(69)}…`)
    expect(headed(`${words(79)}x next`).subject.name).toBe(`${words(79)}x…`)
  })

  test('an endless word is cut where it is', () => {
    expect(headed('x'.repeat(100)).subject.name).toBe(`${'x'.repeat(80)}…`)
  })

  test('an emoji counts as one character and is never cut in two', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(headed(family.repeat(80)).subject.name).toBe(family.repeat(80))
    expect(headed(family.repeat(81)).subject.name).toBe(`${family.repeat(80)}…`)
  })

  test.each(['', ' \n '])('a task whose text is %j is untitled and has no detail', text => {
    expect(headed(text)).toMatchObject({ title: 'Untitled task > Task created', detail: null })
  })

  test('a task that could not be read is told by a short id', () => {
    const line = tell(taskFacts('task.updated', { text: null, snapshot: null, taskState: 'forbidden' }))
    expect(line).toMatchObject({ title: '649e34f4 > Task updated', detail: null, nameState: 'forbidden' })
  })

  test('a reading made for the event outweighs the text that was known before', () => {
    const line = tell(taskFacts('task.updated', { text: 'Renewal', snapshot: { ...openTask, text: 'Renewal of 2027' } }))
    expect(line).toMatchObject({ title: 'Renewal of 2027 > Task updated', detail: 'Renewal of 2027' })
  })

  test('linked records are related, named in the sentence, and the first says the object', () => {
    const linked = [renewalDeal, acme, jane]
    const line = tell(taskFacts('task.created', { linked }))
    expect(line.summary).toBe('Ann Lee created task Renewal - Acme Corp for Acme renewal, Acme Corp and 1 more')
    expect(line).toMatchObject({ recordIds: linked.map(record => record.id), objectId: deals.id, feature: 'tasks' })
    expect(line.related.map(record => record.name)).toEqual(['Acme renewal', 'Acme Corp', 'Jane Doe'])
  })

  test('a link that was taken off within the line is not told, one that could not be read is kept', () => {
    const snapshot = { ...openTask, linkedRecordIds: [acme.id] }
    const withLink = taskFacts('task.updated', { linked: [acme], snapshot })
    expect(tell(withLink, taskFacts('task.updated')).related).toEqual([])
    expect(tell(withLink, taskFacts('task.updated', { snapshot: null })).related).toHaveLength(1)
    expect(tell(withLink, taskFacts('task.updated', { snapshot, linked: [] })).related).toHaveLength(1)
  })

  test('what changed is told in a fixed order, completion first', () => {
    const later = { ...openTask, text: 'Renewal', deadlineAt: 5, assigneeIds: ['a'], linkedRecordIds: ['r'], isCompleted: true }
    const line = tell(taskFacts('task.updated'), taskFacts('task.updated', { snapshot: later }))
    expect(line.changes.map(change => change.title)).toEqual(['Completion', 'Text', 'Deadline', 'Assignees', 'Linked records'])
    expect(line.changes[0]?.steps).toMatchObject([{ from: 'Open', to: 'Completed' }])
    expect(line).toMatchObject({ title: 'Renewal > Task completed', fields: 5 })
  })

  test('the same assignees and links in another order are no change', () => {
    const snapshot = (ids: string[]) => ({ ...openTask, assigneeIds: ids, linkedRecordIds: ids })
    const line = tell(
      taskFacts('task.updated', { snapshot: snapshot(['a', 'b']) }),
      taskFacts('task.updated', { snapshot: snapshot(['b', 'a']) }),
    )
    expect(line.changes).toEqual([])
  })

  test('what fills a new task in is no change of it', () => {
    const line = tell(taskFacts('task.created'), taskFacts('task.updated', { snapshot: { ...openTask, deadlineAt: 5 } }))
    expect(line).toMatchObject({ kind: 'task.created', changes: [], fields: 0, eventCount: 2 })
  })
})

describe('calls', () => {
  test('the first linked record is in the title, all are related, members who took part are participants', () => {
    const line = tell(callFacts({ linked: [renewalDeal, acme], participants: [ann, bob], url: 'https://app.attio.com/recording' }))
    expect(line).toMatchObject({
      title: 'Acme renewal > Q2 sync > Call recorded',
      recordIds: [renewalDeal.id, acme.id],
      objectId: deals.id,
      url: 'https://app.attio.com/recording',
      participants: [
        { member_id: ann.memberId, name: 'Ann Lee' },
        { member_id: bob.memberId, name: 'Bob Roy' },
      ],
    })
  })

  test('a meeting without a title is untitled', () => {
    expect(tell(callFacts({ meeting: { ...nameless('meeting', 'known'), name: '' } })).title).toBe(
      'Acme Corp > Untitled meeting > Call recorded',
    )
  })
})

describe('what hangs on a deal', () => {
  test.each([
    ['notes', noteFacts('note.created', { record: renewalDeal })],
    ['notes', commentFacts('comment.created', { record: renewalDeal })],
    ['tasks', taskFacts('task.created', { linked: [renewalDeal] })],
    ['calls', callFacts({ linked: [renewalDeal] })],
  ])('keeps its own area (%s) and names the deal as related', (feature, facts) => {
    const line = tell(facts)
    expect(line).toMatchObject({ feature, objectId: deals.id, recordIds: [renewalDeal.id] })
    expect(line.related).toEqual([{ type: 'record', id: renewalDeal.id, object_id: deals.id, name: 'Acme renewal', name_state: 'known' }])
  })
})
