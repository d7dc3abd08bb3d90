import { describe, expect, test } from '@jest/globals'
import type { Activity } from '@worksights/api-client'
import { line } from '../list/testing/lines.ts'
import { actorOf, apart, crumbsOf, detailOf, othersOf, renamedTo, shortened, shownName, valuesOf } from './wording.ts'

const record = (id: string, name: string, name_state: Activity['name_state'] = 'known') =>
  ({ type: 'record', id, object_id: null, name, name_state }) as const
const step = (from?: string | null, to?: string | null) => ({
  ...{ at: '2026-11-24T09:00:00.000Z', event_id: `${from} ${to}` },
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
})
const change = (...steps: ReturnType<typeof step>[]) => ({ attribute_id: 'stage', title: 'Stage', steps })

describe('the breadcrumb', () => {
  test('tells the subject from what it hangs on, each with the state of its name', () => {
    const note = line('note', 0, {
      breadcrumb: ['bf071e1f', 'Q2 Business Review', 'Note created'],
      subject: { ...{ type: 'note', id: 'n', object_id: null, name: 'Q2 Business Review' }, ...{ name_state: 'known', name_now: null } },
      related: [record('r', 'bf071e1f', 'pending')],
    })
    expect(crumbsOf(note)).toEqual({
      things: [
        { text: 'bf071e1f', state: 'pending', isSubject: false },
        { text: 'Q2 Business Review', state: 'known', isSubject: true },
      ],
      done: 'Note created',
    })
  })

  test('a subject whose name is written otherwise is the last thing named', () => {
    const untitled = line('note', 0, {
      breadcrumb: ['Acme Corp', 'Untitled note', 'Note created'],
      subject: { ...{ type: 'note', id: 'n', object_id: null, name: '' }, ...{ name_state: 'gone', name_now: null } },
    })
    expect(crumbsOf(untitled).things.map(({ isSubject, state }) => [isSubject, state])).toEqual([
      [false, 'known'],
      [true, 'known'],
    ])
  })
})

describe('the detail', () => {
  const task = (detail: string) => detailOf({ category: 'task', breadcrumb: ['Call Acme', 'Task created'], detail })

  test('of a task says what its title does not', () => {
    expect(task('Call Acme')).toBeNull()
    expect(task('Call Acme\n\nBefore Friday\nplease')).toBe('Before Friday\nplease')
  })

  test('of a task whose title was cut is its whole text', () => {
    expect(detailOf({ category: 'task', breadcrumb: ['Call…', 'Task created'], detail: 'Call Acme now' })).toBe('Call Acme now')
  })

  test('of anything else stays as it is', () => {
    expect(detailOf({ category: 'default', breadcrumb: ['Created company', 'Created'], detail: 'Created company' })).toBe('Created company')
    expect(detailOf({ category: 'meeting', breadcrumb: ['Q2 sync'], detail: null })).toBeNull()
  })
})

describe('values', () => {
  test('go from the first to the last, through all between', () => {
    expect(valuesOf(change(step('Negotiation', 'Won'), step('Won', 'Negotiation')))).toEqual(['Negotiation', 'Won', 'Negotiation'])
    expect(valuesOf(change(step(null, 'Won')))).toEqual([null, 'Won'])
  })

  test('are not joined over what somebody else changed, nor told where they are not known', () => {
    expect(valuesOf(change(step('Negotiation', 'Won'), step('Lost', 'Won')))).toBeNull()
    expect(valuesOf(change(step('Negotiation', 'Won'), step()))).toBeNull()
    expect(valuesOf(change())).toBeNull()
  })

  test('of a long way are the first ones and the last', () => {
    expect(shortened(['a', 'b'], 3)).toEqual(['a', 'b'])
    expect(shortened(['a', 'b', 'c', 'd', 'e'], 3)).toEqual(['a', undefined, 'e'])
    expect(shortened(['a', 'b', 'c', 'd', 'e'], 4)).toEqual(['a', 'b', undefined, 'e'])
  })
})

describe('a name of today', () => {
  const subject = (name: string, name_now: string | null, type: Activity['subject']['type'] = 'record') =>
    renamedTo({ subject: { ...record('acme', name), type, name_now } })

  test('is told where it is another one', () => {
    expect(subject('Acme Corp', 'Acme Corporation')).toBe('Acme Corporation')
    expect(subject('Acme Corp', 'Acme Corp')).toBeNull()
    expect(subject('Acme Corp', null)).toBeNull()
  })

  test('of a task, which is its text, is no other one for its further lines or where it was cut', () => {
    expect(subject('Call Acme', 'Call Acme\nBefore Friday', 'task')).toBeNull()
    expect(subject('Call…', 'Call Acme', 'task')).toBeNull()
    expect(subject('Call Acme', 'Ring Acme\nBefore Friday', 'task')).toBe('Ring Acme')
  })

  test('is not told of a name that was never known', () => {
    expect(renamedTo({ subject: { ...record('acme', 'bf071e1f', 'pending'), name_now: 'Acme' } })).toBeNull()
  })
})

test('other records are those the line does not name, once each; a merge names its own', () => {
  const related = [record('1', 'Acme Corp'), record('2', 'Initech'), record('2', 'Initech')]
  expect(othersOf(line('a', 0, { related })).map(({ id }) => id)).toEqual(['2'])
  expect(othersOf(line('a', 0, { kind: 'record.merged', related }))).toEqual([])
})

test('an actor is called as they are here, else as they are there', () => {
  const actor = { member_id: 'm', name: 'A. Lovelace', avatar_url: null, user: { id: 'u', name: 'Ada Lovelace', email: 'ada@x.example' } }
  expect(actorOf({ actor })).toBe('Ada Lovelace')
  expect(actorOf({ actor: { ...actor, user: null } })).toBe('A. Lovelace')
  expect(actorOf({ actor: { ...actor, name: null, user: { ...actor.user, name: null } } })).toBe('ada@x.example')
  expect(actorOf({ actor: { ...actor, name: null, user: null } })).toBeNull()
})

describe('a name', () => {
  test('that is endless is cut between characters as people see them', () => {
    expect(shownName('Acme Corp')).toBe('Acme Corp')
    expect(shownName('Acme\u2069 Corp')).toBe('Acme Corp')
    expect(shownName('a'.repeat(160))).toBe('a'.repeat(160))
    expect(shownName('a'.repeat(100_000))).toBe(`${'a'.repeat(160)}…`)
    const family = '👨‍👩‍👧'
    expect(shownName(family.repeat(100))).toBe(family.repeat(100))
    expect(shownName(family.repeat(400))).toMatch(new RegExp(`^(${family})+…$`, 'u'))
  })

  test('in a sentence turns nothing around that follows, and stays as it is where it cannot', () => {
    for (const name of ['Ada Lovelace', 'Zoë Ångström', '山田太郎', 'Acme 🚀', '']) expect(apart(name)).toBe(name)
    expect(apart('שלום')).toBe('\u2068שלום\u2069')
    expect(apart('Invoice \u202Egnp.exe')).toBe('\u2068Invoice \u202Egnp.exe\u2069')
    expect(apart('a\u2069\u2069\u202Eb')).toBe('\u2068a\u202Eb\u2069')
  })
})
