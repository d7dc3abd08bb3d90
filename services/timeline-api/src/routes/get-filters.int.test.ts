import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { findRecordsRoute } from './find-records.ts'
import { getFilters } from './get-filters.ts'

type Named = { id: string; name: string; connection_id: string }
type Choices = {
  people: { name: string }[]
  kinds: { value: string; name: string; features: string[] }[]
  workspaces: { name: string }[]
  features: { value: string; hidden: boolean }[]
  objects: { id: string; slug: string }[]
  lists: Named[]
  attributes: (Named & { object_id: string | null; list_id: string | null })[]
}

let api: TestApi
let northwind: Fixture
let second: Fixture

const label = async (
  to: Fixture,
  type: string,
  id: string,
  name: string | null,
  more: { parent?: string; details?: object; aliasOf?: string } = {},
) => {
  await api.database.pool.query(
    `insert into label (connection_id, type, id, parent_id, state, name, details, alias_of) values ($1, $2, $3, $4, 'known', $5, $6, $7)`,
    [to.connectionId, type, id, more.parent ?? '', name, JSON.stringify(more.details ?? {}), more.aliasOf ?? null],
  )
}
const ask = async <T>(path: string, org = 'northwind') => await json<T>(await api.call(path, { org }))
const typed = async (q: string, org?: string) =>
  (await ask<{ data: Named[] }>(`/v1/timeline/filters/records?${new URLSearchParams({ q })}`, org)).data.map(record => record.name)
const titles = async (query: string, org?: string) =>
  (await ask<{ data: { title: string }[] }>(`/v1/timeline?${query}`, org)).data.map(line => line.title)

beforeAll(async () => {
  api = await startApi()
  const { database } = api
  northwind = await insertConnection(database, 'northwind')
  second = await insertConnection(database, 'northwind', 'Second workspace')
  const globex = await insertConnection(database, 'globex')
  await insertMember(database, northwind, { id: 'ada', name: 'Ada' })
  await insertMember(database, northwind, { id: 'mary', user: false })
  await insertMember(database, northwind, { id: 'kay', mapping: 'excluded' })
  await insertMember(database, second, { id: 'edsger', name: 'Edsger' })
  await insertMember(database, globex, { id: 'hedy' })
  for (const to of [northwind, second, globex]) {
    const at = to.workspaceName
    await label(to, 'object', `deals of ${at}`, 'Deal', { details: { slug: 'deals', singular: 'deal', plural: 'deals' } })
    await label(to, 'object', `people of ${at}`, 'Person', { details: { slug: 'people', singular: 'person', plural: 'people' } })
    await label(to, 'list', `hot of ${at}`, 'Hot Leads', { details: { access: 'full-access' } })
    await label(to, 'list', `secret of ${at}`, 'Secret plans', { details: { access: null } })
    await label(to, 'attribute', `stage of ${at}`, 'Stage', { parent: `objects/deals of ${at}`, details: { slug: 'stage' } })
    await label(to, 'attribute', `priority of ${at}`, 'Priority', { parent: `lists/hot of ${at}` })
    await label(to, 'attribute', `code of ${at}`, 'Code name', { parent: `lists/secret of ${at}` })
    await label(to, 'record', `acme of ${at}`, `Acme Corp of ${at}`, { parent: `deals of ${at}` })
    await label(to, 'record', `old of ${at}`, 'Acme Inc', { parent: `deals of ${at}`, aliasOf: `acme of ${at}` })
  }
  const of = (to: Fixture, title: string, line: Partial<Parameters<typeof insertLine>[2]>) =>
    insertLine(database.pool, to, { memberId: to === second ? 'edsger' : 'ada', title, ...line })
  await of(northwind, 'stage', { objectId: 'deals of northwind CRM', attributeIds: ['stage of northwind CRM', 'other'], feature: 'deals' })
  await of(northwind, 'person', { objectId: 'people of northwind CRM' })
  await of(northwind, 'entry', {
    objectId: 'people of northwind CRM',
    listId: 'hot of northwind CRM',
    attributeIds: ['priority of northwind CRM'],
  })
  await of(northwind, 'secret', {
    objectId: 'people of northwind CRM',
    listId: 'secret of northwind CRM',
    attributeIds: ['code of northwind CRM'],
  })
  await of(second, 'elsewhere', { objectId: 'deals of Second workspace', feature: 'deals' })
  await insertLine(database.pool, globex, { memberId: 'hedy', title: 'foreign', objectId: 'deals of globex CRM', feature: 'deals' })
})
afterAll(() => api.close())

describe('the timeline can be narrowed', () => {
  test.each<[string, string[]]>([
    ['object=deals of northwind CRM', ['stage']],
    ['object=people of northwind CRM', ['person', 'entry']],
    ['object=deals', ['elsewhere', 'stage']],
    ['object=deals,people', ['elsewhere', 'stage', 'person', 'entry']],
    ['object=nothing', []],
    ['attribute=stage of northwind CRM', ['stage']],
    ['attribute=other,priority of northwind CRM', ['stage', 'entry']],
    ['attribute=stage of northwind CRM&object=people', []],
    ['list=hot of northwind CRM', ['entry']],
    // A private list’s lines are hidden, also from whoever knows its id.
    ['list=secret of northwind CRM', []],
    ['attribute=code of northwind CRM', []],
    ['object=deals of globex CRM', []],
  ])('by %s', async (query, found) => {
    expect((await titles(query)).sort()).toEqual(found.sort())
  })
})

describe('what it can be narrowed by', () => {
  test('is people who have lines, workspaces, objects, lists and attributes of one’s own organisation, and nothing of a private list', async () => {
    const choices = await ask<Choices>('/v1/timeline/filters')
    expect(getFilters.reply.schema?.parse(choices)).toEqual(choices)
    expect(choices.people.map(person => person.name)).toEqual(['Ada', 'Edsger'])
    expect(choices.kinds).toContainEqual({ value: 'comment.unresolved', name: 'Comment reopened', features: ['notes'] })
    expect(new Set(choices.kinds.map(kind => kind.name)).size).toBe(choices.kinds.length)
    expect(choices.workspaces.map(workspace => workspace.name)).toEqual(['northwind CRM', 'Second workspace'])
    expect(choices.objects.map(object => object.slug)).toEqual(['deals', 'deals', 'people', 'people'])
    expect(choices.lists.map(list => list.name)).toEqual(['Hot Leads', 'Hot Leads'])
    expect(choices.attributes.map(attribute => attribute.name)).toEqual(['Priority', 'Priority', 'Stage', 'Stage'])
    expect(choices.attributes.find(attribute => attribute.id === 'priority of northwind CRM')).toMatchObject({
      ...{ list_id: 'hot of northwind CRM', object_id: null, connection_id: northwind.connectionId },
    })
    expect(JSON.stringify(choices)).not.toMatch(/globex|hedy|Secret|secret/)
  })

  test('names a private list once an admin allowed it', async () => {
    const allow = (shown: boolean) =>
      api.database.pool.query(
        `insert into list_permission (connection_id, list_id, organization_id, shown) values ($1, 'secret of northwind CRM', $2, $3)
         on conflict (connection_id, list_id) do update set shown = excluded.shown`,
        [northwind.connectionId, northwind.organizationId, shown],
      )
    await allow(true)
    const choices = await ask<Choices>('/v1/timeline/filters')
    expect([choices.lists.length, choices.attributes.length]).toEqual([3, 5])
    expect(await titles('attribute=code of northwind CRM')).toEqual(['secret'])
    await allow(false)
    expect((await ask<Choices>('/v1/timeline/filters')).lists).toHaveLength(2)
  })

  test('tells which areas are switched off', async () => {
    await api.database.pool.query(`insert into feature_switch (organization_id, area, enabled) values ($1, 'calls', false)`, [
      northwind.organizationId,
    ])
    const { features } = await ask<Choices>('/v1/timeline/filters')
    expect(features.filter(feature => feature.hidden).map(feature => feature.value)).toEqual(['calls'])
  })

  test('is nothing before anything is connected', async () => {
    expect(await ask<Choices>('/v1/timeline/filters', 'newcomers')).toMatchObject({ people: [], workspaces: [], lists: [], attributes: [] })
  })
})

describe('records', () => {
  test('are found by how their name begins or a word of it does, in all own workspaces and nowhere else; merged ones are not', async () => {
    const both = ['Acme Corp of northwind CRM', 'Acme Corp of Second workspace']
    expect(await typed('acme')).toEqual(both)
    expect(await typed('  CORP ')).toEqual(both)
    expect(await typed('corp second')).toEqual(['Acme Corp of Second workspace'])
    expect(await typed('cme')).toEqual([])
    expect(await typed('acme', 'globex')).toEqual(['Acme Corp of globex CRM'])
    expect(await typed('acme', 'initech')).toEqual([])
  })

  test('come with what tells them apart', async () => {
    const found = await ask<{ data: unknown[] }>('/v1/timeline/filters/records?q=acme')
    expect(findRecordsRoute.reply.schema?.parse(found)).toEqual(found)
    expect(found.data[1]).toEqual({
      ...{ id: 'acme of Second workspace', name: 'Acme Corp of Second workspace', gone: false, connection_id: second.connectionId },
      object: { id: 'deals of Second workspace', singular: 'deal' },
    })
  })
})
