import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { openSight, type Sight } from '../testing/shows.ts'

type Feature = { area: string; title: string; example: { title: string }; enabled: boolean; activities_last_7_days: number }

const features = '/v1/integrations/attio/features'
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000).toISOString()
let api: TestApi
let org: string
let place: Fixture
let sight: Sight

beforeAll(async () => {
  api = await startApi()
})
beforeEach(async () => {
  sight?.close()
  org = `org-${uuid()}`
  place = await insertConnection(api.database, org)
  sight = await openSight(api, place, org)
  await insertMember(api.database, place, { id: 'ada' })
  await insertMember(api.database, place, { id: 'grace', user: false })
  await insertMember(api.database, place, { id: 'eve', mapping: 'excluded' })
})
afterAll(async () => {
  sight.close()
  await api.close()
})

const list = async () => json<{ data: Feature[]; note: string }>(await api.call(features, { org }))
const patch = (area: string, enabled: boolean, claims: object = {}) =>
  api.call(
    `${features}/${area}`,
    { org, role: 'admin', ...claims },
    { method: 'PATCH', body: JSON.stringify({ enabled }), headers: { 'content-type': 'application/json' } },
  )
const line = (feature: string, more: { memberId?: string; occurredAt?: string; listId?: string } = {}) =>
  insertLine(api.database.pool, place, { memberId: 'ada', occurredAt: daysAgo(0.1), feature, ...more })
const counts = async () => Object.fromEntries((await list()).data.map(feature => [feature.area, feature.activities_last_7_days]))

describe('the feature areas', () => {
  test('are five, all on at first, each with a title and an example for people', async () => {
    const { data, note } = await list()
    expect(data.map(feature => feature.area)).toEqual(['crm', 'deals', 'tasks', 'notes', 'calls'])
    for (const feature of data)
      expect(feature).toMatchObject({ enabled: true, title: expect.any(String), example: { title: expect.any(String) } })
    expect(note).toContain('Recording goes on')
  })

  test('count what showed in the last seven days, whether they are on or off', async () => {
    for (const _ of [1, 2]) await line('tasks')
    await line('crm')
    await line('crm', { occurredAt: daysAgo(7.1) })
    await line('crm', { memberId: 'grace' })
    await line('crm', { memberId: 'eve' })
    await patch('tasks', false)
    expect(await counts()).toEqual({ crm: 1, deals: 0, tasks: 2, notes: 0, calls: 0 })
  })
})

describe('an area that is switched off', () => {
  test('is hidden at once everywhere, and on again it shows with nothing missing from the time in between', async () => {
    const [before, other] = [await line('tasks'), await line('crm')]
    await sight.reset(() => patch('tasks', false))
    const between = await line('tasks')
    expect(await Promise.all([sight.shows(before), sight.shows(other)])).toEqual([false, true])
    expect(await sight.shows(between)).toBe(false)
    await sight.reset(() => patch('tasks', true))
    expect(await Promise.all([sight.shows(before), sight.shows(between)])).toEqual([true, true])
  })

  test('is off for its own organisation only', async () => {
    const elsewhere = await insertConnection(api.database, `other-${org}`)
    await insertMember(api.database, elsewhere, { id: 'hedy' })
    const theirs = await insertLine(api.database.pool, elsewhere, { memberId: 'hedy', feature: 'tasks' })
    await patch('tasks', false)
    expect((await api.call(`/v1/timeline/${theirs}`, { org: `other-${org}` })).status).toBe(200)
  })

  test('is answered with as it is now, and written down when it was a change', async () => {
    expect(await json<Feature>(await patch('deals', false))).toMatchObject({ area: 'deals', enabled: false })
    await patch('deals', false)
    await patch('deals', true)
    await patch('calls', true)
    const { data } = await json<{ data: { action: string; details: object }[] }>(await api.call('/v1/audit', { org, role: 'admin' }))
    expect(data.map(({ action, details }) => [action, details])).toEqual([
      ['feature.switched', { area: 'deals', enabled: true }],
      ['feature.switched', { area: 'deals', enabled: false }],
    ])
  })
})
