import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { createKeyRing, createLogger, type KeyRing } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import { type Database, type Executor, openDatabase } from './connect.ts'
import { tokenSealContext } from './connections.ts'
import { guardKeyRing } from './key-guard.ts'
import { sealedColumns } from './sealed.ts'
import { checkKeyRing, KeyRingFaultError } from './sealing-keys.ts'

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const ring = (...keys: string[]) => createKeyRing(keys.join(','))
const key1 = key('key1', 1)
const key2 = key('key2', 2)

let testDatabase: TestDatabase
let owner: Database
let api: Database
let worker: Database
beforeEach(async () => {
  testDatabase = await createTestDatabase()
  const open = (url: string) => openDatabase({ url, applicationName: 'sealing-keys-test', max: 2 })
  ;[owner, api, worker] = [open(testDatabase.url), open(testDatabase.apiUrl), open(testDatabase.workerUrl)]
})
afterEach(async () => {
  await Promise.all([owner.close(), api.close(), worker.close()])
  await testDatabase.drop()
})

/** A connection whose token this ring has sealed. */
async function connect(keyRing: KeyRing): Promise<string> {
  const [organizationId, id] = [uuid(), uuid()]
  await owner.pool.query(`insert into organization (id, external_id, name) values ($1, $2, 'Northwind')`, [organizationId, uuid()])
  const { sealed, keyId } = keyRing.seal('a token', tokenSealContext(id))
  await owner.pool.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, token_sealed, token_key_id)
     values ($1, $2, $3, 'Northwind', 'northwind', 'connected', $4, $5)`,
    [id, organizationId, uuid(), sealed, keyId],
  )
  return id
}

describe('the keys of a process and those of the database', () => {
  test('fit at first, and again in whichever order they stand, for the API as for the workers', async () => {
    expect(await checkKeyRing(api.pool, ring(key1, key2))).toEqual([])
    await connect(ring(key1))
    for (const database of [api, worker, owner]) expect(await checkKeyRing(database.pool, ring(key2, key1))).toEqual([])
  })

  test('do not fit where another key stands under an id that is known, even if nothing was sealed with it', async () => {
    await checkKeyRing(worker.pool, ring(key1))
    expect(await checkKeyRing(api.pool, ring(key('key1', 9)))).toEqual([{ keyId: 'key1', fault: 'other_key' }])
  })

  test('do not fit where one is missing that a token or a secret of any organisation is sealed with, and do once none is', async () => {
    await checkKeyRing(worker.pool, ring(key1, key2))
    const id = await connect(ring(key1))
    for (const database of [api, worker]) {
      expect(await checkKeyRing(database.pool, ring(key2))).toEqual([{ keyId: 'key1', fault: 'missing' }])
    }
    await owner.pool.query('update connection set token_sealed = null, token_key_id = null where id = $1', [id])
    expect(await checkKeyRing(api.pool, ring(key2))).toEqual([])
  })

  test('are all told of at once, and none of a ring with a fault is made known', async () => {
    await checkKeyRing(worker.pool, ring(key1, key2))
    await connect(ring(key1))
    const faults = await checkKeyRing(worker.pool, ring(key('key2', 9), key('key3', 3)))
    expect(faults).toEqual([
      { keyId: 'key1', fault: 'missing' },
      { keyId: 'key2', fault: 'other_key' },
    ])
    const { message } = new KeyRingFaultError(faults)
    expect(message).toMatch(/key1: missing.*key2: another key/s)
    expect(message).not.toContain(Buffer.alloc(32, 9).toString('base64'))
    expect(await checkKeyRing(worker.pool, ring(key1, key2, key('key3', 4)))).toEqual([])
  })

  test('of two processes that begin at once with different keys under one id, only one fits', async () => {
    const verdicts = await Promise.all([checkKeyRing(api.pool, ring(key1)), checkKeyRing(worker.pool, ring(key('key1', 9)))])
    expect(verdicts.map(faults => faults.length).sort()).toEqual([0, 1])
  })
})

test('every column of sealed bytes is among those that a change of keys reaches', async () => {
  const { rows } = await owner.pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea' and column_name like '%sealed%' order by 1`,
  )
  expect(rows.map(({ name }) => name).filter(name => name !== 'sealing_key.check_sealed')).toEqual([...sealedColumns].sort())
})

describe('a guarded ring', () => {
  const logs: string[] = []
  const log = createLogger({ service: 'test', level: 'debug', destination: { write: line => logs.push(line) } })

  /** The database, away until it is `there`. */
  function comingAndGoing(): { executor: Executor; come(): void } {
    let there = false
    const query = (...args: Parameters<Executor['query']>) => {
      if (!there) throw new Error('connect ECONNREFUSED')
      return Reflect.apply(worker.pool.query, worker.pool, args)
    }
    const come = () => {
      there = true
    }
    return { executor: { query: query as Executor['query'] }, come }
  }

  test('that fits opens and seals', async () => {
    const { keyRing, check } = await guardKeyRing({ executor: worker.pool, keyRing: ring(key1), log })
    const { sealed, keyId } = keyRing.seal('secret', 'c')
    expect(keyRing.open(sealed, keyId, 'c')).toBe('secret')
    expect(check()).toEqual({ name: 'encryption_keys', ok: true })
  })

  test('that does not fit is refused', async () => {
    await checkKeyRing(worker.pool, ring(key1))
    await expect(guardKeyRing({ executor: api.pool, keyRing: ring(key('key1', 9)), log })).rejects.toThrow(KeyRingFaultError)
  })

  test('opens nothing while the database is away, is not ready, and is both as soon as it says that the ring fits', async () => {
    const { executor, come } = comingAndGoing()
    const { sealed, keyId } = ring(key1).seal('secret', 'c')
    const { keyRing, check } = await guardKeyRing({ executor, keyRing: ring(key1), log })
    expect(check()).toMatchObject({ ok: false })
    expect(() => keyRing.open(sealed, keyId, 'c')).toThrow('No secret can be opened')
    come()
    while (!check().ok) await pause(20)
    expect(keyRing.open(sealed, keyId, 'c')).toBe('secret')
  })

  test('found not to fit when the database came back says so in its readiness and its log, until it does', async () => {
    await checkKeyRing(worker.pool, ring(key1))
    const id = await connect(ring(key1))
    const { executor, come } = comingAndGoing()
    const { keyRing, check } = await guardKeyRing({ executor, keyRing: ring(key2), log })
    come()
    while (!check().detail?.includes('key1: missing')) await pause(20)
    expect(() => keyRing.seal('secret', 'c')).toThrow('key1: missing')
    expect(logs.join('')).toContain('key1: missing')
    await owner.pool.query('update connection set token_sealed = null, token_key_id = null where id = $1', [id])
    while (!check().ok) await pause(20)
    keyRing.seal('secret', 'c')
  })
})
