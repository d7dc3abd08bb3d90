import { describe, expect, test } from '@jest/globals'
import type { TimelineChoices } from '@worksights/api-client'
import { matching, nameOf, optionsOf } from './choices.ts'

const words = { hidden: 'switched off', disconnected: 'disconnected' }
const north = { connection_id: 'c-north' }
const south = { connection_id: 'c-south' }
const id = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`

const choices: TimelineChoices = {
  people: [
    { user_id: 'u2', name: 'Grace Hopper', email: 'grace@example.com', avatar_url: null },
    { user_id: 'u1', name: 'Ada Lovelace', email: 'ada@example.com', avatar_url: null },
    { user_id: 'u3', name: null, email: 'no-name@example.com', avatar_url: null },
    { user_id: 'u4', name: 'Ada Lovelace', email: 'other.ada@example.com', avatar_url: null },
  ],
  workspaces: [
    { connection_id: 'c-north', name: 'North', state: 'connected' },
    { connection_id: 'c-south', name: 'South', state: 'disconnected' },
  ],
  categories: [{ value: 'default', name: 'Default (CRM)' }],
  features: [
    { value: 'crm', name: 'CRM', hidden: false },
    { value: 'deals', name: 'Deals', hidden: true },
  ],
  kinds: [{ value: 'task.created', name: 'Task created', features: ['tasks'] }],
  objects: [
    { ...north, id: id('1'), slug: 'companies', singular: 'Company', plural: 'Companies' },
    { ...south, id: id('2'), slug: 'companies', singular: 'Company', plural: 'Companies' },
    { ...north, id: id('3'), slug: null, singular: null, plural: null },
  ],
  lists: [
    { ...north, id: id('4'), name: 'Hot Leads' },
    { ...south, id: id('5'), name: 'Hot Leads' },
  ],
  attributes: [
    { ...north, id: id('6'), name: 'Stage', object_id: id('1'), list_id: null },
    { ...north, id: id('7'), name: 'Stage', object_id: null, list_id: id('4') },
  ],
}
const oneWorkspace = { ...choices, workspaces: choices.workspaces.slice(0, 1) }

describe('what is offered', () => {
  test('an object of several workspaces is offered once, by its slug', () => {
    expect(optionsOf('object', choices, words)).toEqual([
      { value: id('3'), name: '33333333', note: 'North' },
      { value: 'companies', name: 'Companies' },
    ])
  })

  test('people are offered by name, with the address where two have the same', () => {
    expect(optionsOf('user', choices, words).map(({ name, note }) => [name, note])).toEqual([
      ['Ada Lovelace', 'ada@example.com'],
      ['Ada Lovelace', 'other.ada@example.com'],
      ['Grace Hopper', undefined],
      ['no-name@example.com', undefined],
    ])
  })

  test('what is called the same says where it is from, the workspace only where there are several', () => {
    expect(optionsOf('list', choices, words).map(({ note }) => note)).toEqual(['North', 'South'])
    expect(optionsOf('list', oneWorkspace, words).map(({ note }) => note)).toEqual([undefined, undefined])
    expect(optionsOf('attribute', oneWorkspace, words).map(({ note }) => note)).toEqual(['Companies', 'Hot Leads'])
  })

  test('an area that is switched off and a workspace that is disconnected say so', () => {
    expect(optionsOf('feature', choices, words).map(({ note }) => note)).toEqual([undefined, 'switched off'])
    expect(optionsOf('connection', choices, words).map(({ note }) => note)).toEqual([undefined, 'disconnected'])
  })
})

describe('what was chosen is called', () => {
  test('by its name, objects by slug as by id', () => {
    expect(nameOf('user', 'u2', choices, words)).toBe('Grace Hopper')
    expect(nameOf('kind', 'task.created', choices, words)).toBe('Task created')
    expect(nameOf('object', 'companies', choices, words)).toBe('Companies')
    expect(nameOf('object', id('2'), choices, words)).toBe('Companies')
  })

  test('by a part of its id, or as it stands, once it is not among the choices', () => {
    expect(nameOf('user', id('9'), choices, words)).toBe('99999999')
    expect(nameOf('kind', 'gone.kind', choices, words)).toBe('gone.kind')
  })
})

test('typing finds by the beginnings of words, in any order, also of the note', () => {
  const options = [
    { value: '1', name: 'Ada Lovelace', note: 'ada@example.com' },
    { value: '2', name: 'Grace Hopper' },
  ]
  const found = (typed: string) => matching(options, typed).map(({ value }) => value)
  expect(found('')).toEqual(['1', '2'])
  expect(found('LOVE ad')).toEqual(['1'])
  expect(found('example')).toEqual(['1'])
  expect(found('ace')).toEqual([])
})
