import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { requiredScopes } from '@worksights/attio'
import { maxRunAttempts, tokenSealContext } from '@worksights/database'
// What a line shows is the coalescer's to say, so this one test file sees both sides.
import { coalesceTurn } from '../../../coalescer-worker/src/turn.ts'
import { type Bench, eventsBy, newKeyRing, openBench, type TestConnection, type Worker } from '../testing/bench.ts'
import { openRuns, type StoredRun } from '../testing/runs.ts'

/*
 * Refresh Connection: what it looks after, and what it says where a person has to act.
 */

let bench: Bench
let runs: ReturnType<typeof openRuns>
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>

beforeAll(async () => {
  bench = await openBench()
  runs = openRuns(bench)
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
}, 60_000)
beforeEach(async () => {
  worker = bench.worker()
  place = await bench.connect()
})
afterEach(() => bench.attio.heal())
afterAll(async () => {
  await runs.settle()
  await bench.close()
})

async function refresh(): Promise<StoredRun> {
  const id = await runs.ask(place, 'refresh')
  await runs.turn(place)
  return await runs.read(id)
}
const tell = async () => {
  await coalesceTurn({ database: bench.database, log: bench.log }, place.connectionId)
  return await place.rows<{ title: string; detail: string; name_state: string }>(
    'select title, detail, name_state from activity where connection_id = $1 order by id',
  )
}
async function authorize(scopes?: string[]): Promise<void> {
  const { sealed, keyId } = bench.keyRing.seal(await bench.attio.token(scopes), tokenSealContext(place.connectionId))
  await place.rows('update connection set token_sealed = $2, token_key_id = $3 where id = $1', Buffer.from(sealed), keyId)
}
const scopesWithout = (...without: string[]) => requiredScopes.map(({ scope }) => scope).filter(scope => !without.includes(scope))
const company = async (name: string) =>
  (await bench.attio.write('POST', '/v2/objects/companies/records', { values: { name } })).record_id ?? ''

describe('a refresh', () => {
  test('looks after token, permissions, webhooks, members and names, and says what came of each', async () => {
    const run = await refresh()
    expect(run).toMatchObject({ state: 'done', error: null, due_at: null, attempts: 1 })
    expect(runs.told(run)).toEqual(['token: done', 'permissions: done', 'webhooks: done', 'members: done', 'names: done'])
    const [members] = await place.rows<{ count: string }>('select count(*) from member where connection_id = $1')
    const [lists] = await place.rows<{ count: string }>(`select count(*) from label where connection_id = $1 and type = 'list'`)
    expect([Number(members?.count), Number(lists?.count)]).toEqual([expect.any(Number), 3])
    expect(Number(members?.count)).toBeGreaterThan(1)
  })

  test('asked for twice at once is one run', async () => {
    const [one, two] = await Promise.all([runs.ask(place, 'refresh'), runs.ask(place, 'refresh')])
    expect(one).toBe(two)
    await Promise.all([runs.turn(place), openRuns(bench).turn(place)])
    expect(await runs.read(one)).toMatchObject({ state: 'done', attempts: 1 })
    expect(await runs.ask(place, 'refresh')).not.toBe(one)
  })

  test('finds the names that Attio did not tell before', async () => {
    const id = await company('Acme')
    await bench.attio.faults({ paths: [{ path: '^/v2/objects/[^/]+/records', status: 503 }] })
    await place.deliver([by.comment('created', id)])
    await worker.turn(place.connectionId)
    expect(await tell()).toMatchObject([{ title: `${id.slice(0, 8)} > Comment added`, name_state: 'pending' }])
    await bench.attio.heal()
    const run = await refresh()
    expect(run).toMatchObject({ state: 'done', done: 1, total: 1 })
    expect(runs.detail(run, 'names')).toBe('1 were missing and are there now')
    expect(runs.hinted).toContain(`coalesce ${place.connectionId}`)
    expect(await tell()).toMatchObject([{ title: 'Acme > Comment added', name_state: 'known' }])
  })

  test('says which names are still missing, and leaves their lines as they are', async () => {
    const id = randomUUID()
    await place.deliver([by.comment('created', id)])
    await worker.turn(place.connectionId)
    const run = await refresh()
    expect(runs.told(run)).toContain('names: failed')
    expect(runs.detail(run, 'names')).toBe('0 of 1 missing names were found; the others are asked for again')
    expect(await tell()).toMatchObject([{ name_state: 'pending' }])
  })

  test('reads labels anew that have changed since', async () => {
    const id = await company('Acme')
    const attributeId = await bench.attio.attribute('objects', 'companies', 'description')
    await place.deliver([by.updated(id, attributeId)])
    await worker.turn(place.connectionId)
    await place.rows(`update label set name = 'Old title' where connection_id = $1 and id = $2`, attributeId)
    await refresh()
    expect(await place.label('attribute', attributeId)).toMatchObject({ name: 'Description' })
  })
})

describe('a refresh says what a person has to do', () => {
  test('about a permission that is missing: what its lack breaks, and that re-authorisation is the cure; everything else goes on', async () => {
    await authorize(scopesWithout('note:read', 'user_management:read'))
    const run = await refresh()
    expect(run.state).toBe('done')
    expect(runs.told(run)).toEqual(['token: done', 'permissions: failed', 'webhooks: done', 'members: failed', 'names: done'])
    expect(runs.detail(run, 'permissions')).toContain('note:read: Notes show no titles.')
    expect(runs.detail(run, 'permissions')).toContain('Connect this workspace again')
    expect(runs.detail(run, 'members')).toContain('user_management:read')
  })

  test('and names that were refused for lack of it are found after it', async () => {
    await authorize(scopesWithout('object_configuration:read'))
    const attributeId = await bench.attio.attribute('objects', 'companies', 'description')
    await place.deliver([by.updated(await company('Acme'), attributeId)])
    await worker.turn(place.connectionId)
    const refused = [{ detail: `Updated field ${attributeId.slice(0, 8)}`, name_state: 'forbidden' }]
    expect(await tell()).toMatchObject(refused)
    await refresh()
    expect(await tell()).toMatchObject(refused)
    await authorize()
    await refresh()
    expect(await tell()).toMatchObject([{ detail: 'Updated Description', name_state: 'known' }])
  })

  test('about a dead token: nothing else is tried', async () => {
    await bench.attio.faults({ token_revoked: true })
    const run = await refresh()
    expect(run).toMatchObject({ state: 'done', error: null })
    expect(runs.told(run)).toEqual(['token: failed', 'permissions: skipped', 'webhooks: skipped', 'members: skipped', 'names: skipped'])
    expect(runs.detail(run, 'token')).toBe('Attio takes the token no more. Connect this workspace again to authorise it anew.')
  })

  test('about a token that no key opens', async () => {
    const elsewhere = openRuns(bench, { keyRing: newKeyRing() })
    const id = await elsewhere.ask(place, 'refresh')
    await elsewhere.turn(place)
    const run = await runs.read(id)
    expect([run.state, runs.detail(run, 'token')]).toEqual(['done', expect.stringContaining('ENCRYPTION_KEYS')])
  })

  test('about a workspace that is not connected', async () => {
    place = await bench.connect({ state: 'disconnected', token: null })
    const run = await refresh()
    expect(runs.detail(run, 'token')).toContain('not connected')
  })
})

test('while Attio does not answer, a refresh is tried again after growing pauses, and fails in the end with a reason', async () => {
  await bench.attio.faults({ server_errors: {} })
  const id = await runs.ask(place, 'refresh')
  for (let attempt = 1; attempt < maxRunAttempts; attempt += 1) {
    expect(await runs.turn(place)).toBeGreaterThan(0)
    const run = await runs.read(id)
    expect(run).toMatchObject({ state: 'waiting', attempts: attempt, error: 'Attio does not answer' })
    await runs.letPass(id)
  }
  expect(await runs.turn(place)).toBeNull()
  const run = await runs.read(id)
  expect(run).toMatchObject({ state: 'failed', attempts: maxRunAttempts, error: 'Attio does not answer', due_at: null })
  expect(runs.told(run)[0]).toBe('token: failed')
}, 60_000)

test('a run whose worker is stopped in an orderly way, however often, comes to its end', async () => {
  const id = await runs.ask(place, 'refresh')
  const stopped = openRuns(bench, { stopping: AbortSignal.abort() })
  for (let pod = 0; pod <= maxRunAttempts; pod += 1) {
    await stopped.turn(place)
    await runs.letPass(id)
  }
  await runs.turn(place)
  expect(await runs.read(id)).toMatchObject({ state: 'done', attempts: 1 })
})

test('a run that kills its worker each time is given up', async () => {
  const id = await runs.ask(place, 'refresh')
  await bench.database.pool.query('update run set attempts = $2 where id = $1', [id, maxRunAttempts])
  await bench.database.pool.query(`update run set steps = '[{ "name": "token", "state": "running", "detail": null }]' where id = $1`, [id])
  expect(await runs.turn(place)).toBeNull()
  const run = await runs.read(id)
  expect(run).toMatchObject({ state: 'failed', error: 'begun 5 times and never finished' })
  expect([runs.told(run), runs.detail(run, 'token')]).toEqual([['token: failed'], 'begun 5 times and never finished'])
})
