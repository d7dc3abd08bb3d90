import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { changeLists, writeLabels } from '@worksights/database'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { openSight, type Sight } from '../testing/shows.ts'

type List = {
  id: string
  name: string | null
  access: string
  shown: boolean
  deleted: boolean
  objects: string[]
  replay_run_id?: string | null
}
type Page = { data: List[]; connections: { id: string; private_lists_shown: boolean }[] }
type Access = { access?: string | null; state?: 'known' | 'pending' | 'forbidden'; missing?: boolean }

const lists = '/v1/integrations/attio/lists'
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
})
afterAll(async () => {
  sight.close()
  await api.close()
})

/** What the resolver learned of a list. */
const learn = (id: string, { access = null, state = 'known', missing = false }: Access, to = place) =>
  api.database.transaction(client =>
    changeLists(client, { id: to.connectionId, organizationId: to.organizationId }, () =>
      writeLabels(client, to.connectionId, [
        {
          type: 'list',
          id,
          parentId: '',
          state,
          name: state === 'known' ? `List ${id}` : null,
          details: { access, objects: ['people'] },
          missing,
        },
      ]),
    ),
  )
const page = async (role = 'admin', query = '') => json<Page>(await api.call(lists + query, { org, role }))
const patch = (path: string, shown: boolean, connection = place.connectionId) =>
  api.call(
    `${path}?connection=${connection}`,
    { org, role: 'admin' },
    { method: 'PATCH', body: JSON.stringify({ shown }), headers: { 'content-type': 'application/json' } },
  )
const show = async (id: string, shown: boolean) => {
  const response = await patch(`${lists}/${id}`, shown)
  expect(response.status).toBe(200)
  return await json<List>(response)
}
const showAll = async (shown: boolean) => json<{ data: List[]; replay_run_id: string | null }>(await patch(lists, shown))
const line = (listId: string | null, to = place) => insertLine(api.database.pool, to, { memberId: 'ada', ...(listId && { listId }) })
const runs = async () =>
  (
    await api.database.pool.query<{ id: string; kind: string; params: object; requested_by: string | null }>(
      'select id, kind, params, requested_by from run where organization_id = $1 order by created_at',
      [place.organizationId],
    )
  ).rows

describe('lines about a list', () => {
  test.each<[string, Access | null, boolean]>([
    ['that everybody in the workspace may see', { access: 'full-access' }, true],
    ['that was never read', null, true],
    ['that is private', { access: null }, false],
    ['that may not be read', { state: 'forbidden' }, false],
    ['that Attio does not show', { state: 'pending', missing: true }, false],
  ])('%s', async (_what, access, shown) => {
    if (access) await learn('hot', access)
    expect(await sight.shows(await line('hot'))).toBe(shown)
    expect(await sight.shows(await line(null))).toBe(true)
  })

  test('hide when the list turns private or is not shown any more, and show when it is public again', async () => {
    await learn('hot', { access: 'full-access' })
    const id = await line('hot')
    for (const hidden of [{ access: null }, { state: 'pending', missing: true }, { state: 'forbidden' }] as const) {
      await sight.reset(() => learn('hot', hidden))
      expect(await sight.shows(id)).toBe(false)
      await sight.reset(() => learn('hot', { access: 'read-only' }))
      expect(await sight.shows(id)).toBe(true)
    }
  })

  test('hide in the workspace whose list is private, not in another with a list of that id', async () => {
    const second = await insertConnection(api.database, org, 'Second CRM')
    await insertMember(api.database, second, { id: 'ada', user: false })
    await api.database.pool.query(
      `update member set user_id = (select id from app_user where organization_id = $1 and email = 'ada@example.com') where connection_id = $2`,
      [place.organizationId, second.connectionId],
    )
    await learn('hot', { access: null })
    await learn('hot', { access: 'full-access' }, second)
    expect(await Promise.all([sight.shows(await line('hot')), sight.shows(await line('hot', second))])).toEqual([false, true])
  })
})

describe('an admin', () => {
  test('shows a private list and hides it again; what was withheld is worked again, by a run that is told of', async () => {
    await learn('board', { access: null })
    const id = await line('board')
    let shown: List | undefined
    await sight.reset(async () => {
      shown = await show('board', true)
    })
    expect(await sight.shows(id)).toBe(true)
    const [run] = await runs()
    expect(shown).toMatchObject({ id: 'board', access: 'private', shown: true, objects: ['people'], replay_run_id: run?.id })
    expect(run).toMatchObject({ kind: 'replay', params: { states: ['filtered', 'processed'], eventReason: 'private list' } })
    // What only tells runs apart is nobody else's.
    const told = await json<{ params: object }>(await api.call(`/v1/runs/${run?.id}`, { org, role: 'admin' }))
    expect(told.params).toEqual({ states: ['filtered', 'processed'], event_reason: 'private list', to: expect.any(String) })
    expect(run?.requested_by).not.toBeNull()
    await sight.reset(() => show('board', false))
    expect(await sight.shows(id)).toBe(false)
    expect(await runs()).toHaveLength(1)
    expect(api.hints).toContain(`runs ${place.connectionId}`)
  })

  test('gets a run for each list shown, also while one is under way, since that one has passed what the next is about', async () => {
    await learn('board', { access: null })
    await learn('offers', { access: null })
    const [one, two] = [await show('board', true), await show('offers', true)]
    expect(new Set([one.replay_run_id, two.replay_run_id]).size).toBe(2)
    expect((await show('offers', true)).replay_run_id).toBeNull()
  })

  test('shows all private lists, those yet to come too, and hides one of them', async () => {
    await learn('board', { access: null })
    const id = await line('board')
    await sight.reset(() => showAll(true))
    expect(await sight.shows(id)).toBe(true)
    await learn('late', { access: null })
    expect(await sight.shows(await line('late'))).toBe(true)
    await sight.reset(() => show('board', false))
    expect(await sight.shows(id)).toBe(false)
    expect((await page()).connections).toEqual([{ id: place.connectionId, workspace_name: place.workspaceName, private_lists_shown: true }])
    await sight.reset(() => showAll(true))
    expect(await sight.shows(id)).toBe(true)
    await sight.reset(() => showAll(false))
    expect(await sight.shows(id)).toBe(false)
  })

  test('cannot hide a list that everybody in the workspace may see', async () => {
    await learn('hot', { access: 'full-access' })
    const response = await patch(`${lists}/hot`, false)
    expect([response.status, (await json<{ code: string }>(response)).code]).toEqual([409, 'list_not_private'])
    await showAll(false)
    expect(await sight.shows(await line('hot'))).toBe(true)
  })

  test('finds what was done written down', async () => {
    await learn('board', { access: null })
    await show('board', true)
    await show('board', true)
    await show('board', false)
    await showAll(true)
    await showAll(true)
    await showAll(false)
    const { data } = await json<{ data: { action: string; details: object }[] }>(await api.call('/v1/audit', { org, role: 'admin' }))
    expect(data.map(entry => entry.action)).toEqual(['private_lists.hidden', 'private_lists.shown', 'list.hidden', 'list.shown'])
    expect(data[3]?.details).toEqual({ list: { id: 'board', name: 'List board' } })
  })

  test('of a connection that ended shows what there is, and nothing is worked for it', async () => {
    await learn('board', { access: null })
    const id = await line('board')
    await api.database.pool.query(`update connection set state = 'disconnected' where id = $1`, [place.connectionId])
    expect((await show('board', true)).replay_run_id).toBeNull()
    expect(await sight.shows(id)).toBe(true)
  })
})

describe('the lists', () => {
  test('are told by name with their access; the name of a hidden one to admins only', async () => {
    await learn('board', { access: null })
    await learn('hot', { access: 'full-access' })
    await api.database.pool.query(
      `insert into label (connection_id, type, id, parent_id, state) values ($1, 'list', 'new', '', 'pending')`,
      [place.connectionId],
    )
    const told = (data: List[]) => data.map(list => [list.id, list.name, list.access, list.shown])
    const all = [
      ['board', 'List board', 'private', false],
      ['hot', 'List hot', 'workspace', true],
      ['new', null, 'unknown', true],
    ]
    expect(told((await page()).data)).toEqual(all)
    expect(told((await page('member')).data)).toEqual([['board', null, 'private', false], ...all.slice(1)])
    await show('board', true)
    expect(told((await page('member')).data)[0]).toEqual(['board', 'List board', 'private', true])
  })

  test('of another organisation are not there', async () => {
    const elsewhere = await insertConnection(api.database, `other-${org}`)
    await learn('board', { access: null }, elsewhere)
    const answers = await Promise.all([
      api.call(`${lists}?connection=${elsewhere.connectionId}`, { org }),
      patch(`${lists}/board`, true, elsewhere.connectionId),
      patch(`${lists}/board`, true),
      patch(lists, true, elsewhere.connectionId),
    ])
    expect(answers.map(answer => answer.status)).toEqual([404, 404, 404, 404])
    expect((await page()).data).toEqual([])
    expect(await runs()).toEqual([])
  })
})
