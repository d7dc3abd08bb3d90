import { describe, expect, test } from '@jest/globals'
import type { Named } from './facts.ts'
import { fillNames, type KnownNames, pendingNames, reopenForbidden } from './fill-names.ts'
import {
  acme,
  attribute,
  callFacts,
  commentFacts,
  entryFacts,
  hotLeads,
  nameless,
  noteFacts,
  openTask,
  recordFacts,
  recordUpdate,
  review,
  sync,
  taskFacts,
} from './testing/facts-builders.ts'

const pending = <T extends Named>(thing: T): T => ({ ...thing, name: null, state: 'pending' })
const nothingKnown: KnownNames = { name: () => undefined, task: () => undefined }
const allKnown: KnownNames = {
  name: key => ({ name: `name of ${key}`, state: 'known' }),
  task: () => ({ text: 'Renewal', snapshot: { ...openTask, text: 'Renewal' } }),
}
const stage = { ...pending(attribute('Stage')), type: 'status' }

describe('names that may still arrive', () => {
  test.each([
    [recordUpdate('', { record: pending(acme), attribute: stage }), [`record/${acme.id}`, `attribute/${stage.id}`]],
    [recordFacts('record.merged', { duplicate: pending(acme) }), [`record/${acme.id}`]],
    [entryFacts('list-entry.updated', { list: pending(hotLeads), attribute: stage }), [`list/${hotLeads.id}`, `attribute/${stage.id}`]],
    [noteFacts('note.created', { note: pending(review) }), [`note/${review.id}`]],
    [commentFacts('comment.created', { list: pending(hotLeads), record: pending(acme) }), [`record/${acme.id}`, `list/${hotLeads.id}`]],
    [taskFacts('task.updated', { taskId: 'a-task', taskState: 'pending', linked: [pending(acme)] }), [`record/${acme.id}`, 'task/a-task']],
    [callFacts({ meeting: pending(sync), linked: [pending(acme), pending(acme)] }), [`record/${acme.id}`, `meeting/${sync.id}`]],
  ])('are listed once each and filled in: $kind', (facts, keys) => {
    expect(pendingNames(facts)).toEqual(keys)
    expect(pendingNames(fillNames(facts, allKnown))).toEqual([])
    expect(fillNames(facts, nothingKnown)).toEqual(facts)
  })

  test('a name that is known, refused or gone is neither listed nor changed', () => {
    const refused = { ...stage, ...nameless(stage.id, 'forbidden') }
    const facts = recordUpdate('', { attribute: refused, record: { ...acme, ...nameless(acme.id, 'gone') } })
    expect(pendingNames(facts)).toEqual([])
    expect(fillNames(facts, allKnown)).toEqual(facts)
    expect(fillNames(recordUpdate('Stage'), allKnown)).toEqual(recordUpdate('Stage'))
  })

  test('a name that was refused may arrive once it is asked for again; what is known or gone stays', () => {
    const refused = { ...stage, ...nameless(stage.id, 'forbidden') }
    const reopened = reopenForbidden(recordUpdate('', { attribute: refused }))
    expect(reopened && pendingNames(reopened)).toEqual([`attribute/${stage.id}`])
    expect(reopened && fillNames(reopened, allKnown)).toMatchObject({
      attribute: { name: `name of attribute/${stage.id}`, state: 'known' },
    })
    const task = reopenForbidden(taskFacts('task.updated', { taskId: 'a-task', taskState: 'forbidden' }))
    expect(task && pendingNames(task)).toEqual(['task/a-task'])
    expect(reopenForbidden(recordUpdate('Stage', { record: { ...acme, ...nameless(acme.id, 'gone') } }))).toBeNull()
  })

  test('a task gets its text and its reading', () => {
    const unread = taskFacts('task.updated', { taskState: 'pending', text: null, snapshot: null })
    expect(fillNames(unread, allKnown)).toMatchObject({ taskState: 'known', text: 'Renewal', snapshot: { text: 'Renewal' } })
  })

  test('the facts given are left as they are', () => {
    const facts = noteFacts('note.created', { note: pending(review) })
    const before = structuredClone(facts)
    fillNames(facts, allKnown)
    expect(facts).toEqual(before)
  })
})
