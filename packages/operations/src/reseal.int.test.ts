import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  countSealed,
  type Executor,
  findEndpoint,
  guardKeyRing,
  openDatabase,
  readSealedToken,
  secretSealContext,
  tokenSealContext,
} from '@worksights/database'
import { createKeyRing, createLogger, type KeyRing } from '@worksights/runtime'
import { reseal } from './reseal.ts'
import { type Bench, key, openBench, type TestConnection } from './testing/bench.ts'

const [key1, key2] = [key('key1', 1), key('key2', 2)]
const ring = (...keys: string[]) => createKeyRing(keys.join(','))
const log = createLogger({ service: 'test', level: 'silent' })

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(async () => {
  // Whatever a test did, nothing that was written tells what is sealed, or a key.
  const written = bench.written.join('\n')
  for (const secret of bench.secrets) expect(written).not.toContain(secret)
  await bench.close()
})

/** Whether a service with these keys begins, as its own login. */
async function boots(keys: string): Promise<boolean[]> {
  return await Promise.all(
    [bench.urls.apiUrl, bench.urls.workerUrl].map(async url => {
      const database = openDatabase({ url, applicationName: 'operations-test', max: 1 })
      const begun = await guardKeyRing({ executor: database.pool, keyRing: createKeyRing(keys), log }).then(
        () => true,
        () => false,
      )
      await database.close()
      return begun
    }),
  )
}

/** What the gateway and the resolver open with these keys. */
async function opened(keyRing: KeyRing, connection: TestConnection): Promise<string[]> {
  const { pool } = bench.database
  const token = await readSealedToken(pool, connection.id)
  const secrets = await Promise.all(
    connection.webhooks.map(async ({ endpointId }) => {
      const endpoint = await findEndpoint(pool, endpointId)
      if (!endpoint?.secretSealed || endpoint.secretKeyId === null) return 'none'
      return keyRing.open(endpoint.secretSealed, endpoint.secretKeyId, secretSealContext(endpoint.webhookId))
    }),
  )
  if (!token?.tokenSealed || token.tokenKeyId === null) return ['none', ...secrets]
  return [keyRing.open(token.tokenSealed, token.tokenKeyId, tokenSealContext(connection.id)), ...secrets]
}

const secretsOf = ({ token, webhooks }: TestConnection) => [token, ...webhooks.map(({ secret }) => secret)]
const uses = () => countSealed(bench.database.pool)

async function setToken(connection: TestConnection, keyRing: KeyRing, token: string): Promise<void> {
  const { sealed, keyId } = keyRing.seal(token, tokenSealContext(connection.id))
  await bench.database.pool.query('update connection set token_sealed = $2, token_key_id = $3 where id = $1', [
    connection.id,
    sealed,
    keyId,
  ])
}

/** The database, with something done just before a secret is put in place for the nth time. */
function interrupted(nth: number, meanwhile: (values: unknown[]) => Promise<void>): Executor {
  let writes = 0
  const query = async (text: string, values: unknown[]) => {
    if (text.startsWith('update') && ++writes === nth) await meanwhile(values)
    return await bench.database.pool.query(text, values)
  }
  return { query: query as Executor['query'] }
}

const quietly = { say: () => {}, dryRun: false }

test('a key is changed for another without a moment in which a service cannot open what is sealed', async () => {
  expect(await boots(key1)).toEqual([true, true])
  const connections = [await bench.connect(ring(key1)), await bench.connect(ring(key1))]
  // The new key is held everywhere before anything is sealed with it.
  expect(await boots(`${key1},${key2}`)).toEqual([true, true])
  expect(await boots(`${key2},${key1}`)).toEqual([true, true])
  connections.push(await bench.connect(ring(key2, key1)))
  expect(await boots(key2)).toEqual([false, false])

  const keys = await bench.run(['keys', '--json'], { ENCRYPTION_KEYS: `${key2},${key1}` })
  expect(keys.exitCode).toBe(0)
  expect(JSON.parse(keys.out)).toMatchObject({
    keys: [
      { key_id: 'key2', role: 'seals', tokens: 1, secrets: 2, unreadable: 0 },
      { key_id: 'key1', role: 'opens', tokens: 2, secrets: 4, unreadable: 0 },
    ],
  })

  const first = await bench.run(['reseal'], { ENCRYPTION_KEYS: `${key2},${key1}` })
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.out).toContain('Resealed 2 tokens and 4 webhook secrets with key2.')
  expect(first.out).toContain('No longer in use: key1.')
  expect(await uses()).toEqual([{ keyId: 'key2', tokens: 3, secrets: 6 }])
  for (const connection of connections) {
    expect(await opened(ring(key2), connection)).toEqual(secretsOf(connection))
    expect(await opened(ring(key1, key2), connection)).toEqual(secretsOf(connection))
  }
  expect(await boots(`${key2},${key1}`)).toEqual([true, true])
  expect(await boots(key2)).toEqual([true, true])

  const again = await bench.run(['reseal', '--json'], { ENCRYPTION_KEYS: `${key2},${key1}` })
  expect(again.exitCode).toBe(0)
  expect(JSON.parse(again.out)).toMatchObject({ resealed: { connection: 0, webhook: 0 }, left: [], removable: ['key1'] })
  expect((await bench.run(['reseal'], { ENCRYPTION_KEYS: key2 })).out).toContain('Everything is sealed with key2.')
})

test('--dry-run says what would be done and changes nothing, not even which keys are known', async () => {
  await bench.connect(ring(key1))
  const { exitCode, out } = await bench.run(['reseal', '--dry-run'], { ENCRYPTION_KEYS: `${key2},${key1}` })
  expect(exitCode).toBe(0)
  expect(out).toContain('Would reseal 1 token and 2 webhook secrets with key2.')
  expect(out).not.toContain('No longer in use')
  expect(await uses()).toEqual([{ keyId: 'key1', tokens: 1, secrets: 2 }])
  expect((await bench.database.pool.query('select from sealing_key')).rowCount).toBe(0)
})

test.each([1, 3, 5])('killed at write %i it loses nothing, and run again it does the rest', async nth => {
  const connections = [await bench.connect(ring(key1)), await bench.connect(ring(key1))]
  const executor = interrupted(nth, async () => {
    throw new Error('killed')
  })
  await expect(reseal({ executor, keyRing: ring(key2, key1), ...quietly })).rejects.toThrow('killed')
  expect((await uses()).find(({ keyId }) => keyId === 'key1')).toBeDefined()
  for (const connection of connections) expect(await opened(ring(key1, key2), connection)).toEqual(secretsOf(connection))
  const report = await reseal({ executor: bench.database.pool, keyRing: ring(key2, key1), ...quietly })
  expect(report.resealed.connection + report.resealed.webhook).toBe(6 - (nth - 1))
  for (const connection of connections) expect(await opened(ring(key2), connection)).toEqual(secretsOf(connection))
})

describe('a workspace that is authorised again just then', () => {
  test('keeps its new token', async () => {
    const connection = await bench.connect(ring(key1))
    const executor = interrupted(1, () => setToken(connection, ring(key2, key1), 'a newer token'))
    const report = await reseal({ executor, keyRing: ring(key2, key1), ...quietly })
    expect(report).toMatchObject({ overtaken: 1, resealed: { connection: 0, webhook: 2 }, left: [], removable: ['key1'] })
    expect((await opened(ring(key2), connection))[0]).toBe('a newer token')
  })

  test('by a service that still seals with the old key: the old key is not called free, and the next run is', async () => {
    const connection = await bench.connect(ring(key1))
    const executor = interrupted(1, () => setToken(connection, ring(key1, key2), 'a newer token'))
    const report = await reseal({ executor, keyRing: ring(key2, key1), ...quietly })
    expect(report).toMatchObject({ overtaken: 1, left: [{ keyId: 'key1', tokens: 1, secrets: 0 }], removable: [] })
    expect((await bench.run(['reseal'], { ENCRYPTION_KEYS: `${key2},${key1}` })).out).toContain('No longer in use: key1.')
    expect((await opened(ring(key2), connection))[0]).toBe('a newer token')
  })
})

describe('what cannot be opened', () => {
  test('is named with its key and left as it is, while all else is resealed', async () => {
    const [lost, kept] = [await bench.connect(ring(key('key0', 9))), await bench.connect(ring(key1))]
    const before = await readSealedToken(bench.database.pool, lost.id)
    const { exitCode, out } = await bench.run(['reseal'], { ENCRYPTION_KEYS: `${key2},${key1}` })
    expect(exitCode).toBe(1)
    expect(out).toContain(`the token of connection ${lost.id}, sealed with key0: this key is not in ENCRYPTION_KEYS`)
    for (const { id } of lost.webhooks) expect(out).toContain(`the secret of webhook ${id}, sealed with key0`)
    expect(out).toContain('Still sealed with key0: 1 token and 2 webhook secrets.')
    expect(await readSealedToken(bench.database.pool, lost.id)).toEqual(before)
    expect(await opened(ring(key2), kept)).toEqual(secretsOf(kept))
    expect(await opened(ring(key('key0', 9)), lost)).toEqual(secretsOf(lost))
  })

  test('for a single altered secret: that one is named, and its key is not called free', async () => {
    const connection = await bench.connect(ring(key1))
    const [webhook] = connection.webhooks
    await bench.database.pool.query('update webhook set secret_sealed = set_byte(secret_sealed, 20, 0) where id = $1', [webhook?.id])
    const { exitCode, out } = await bench.run(['reseal', '--json'], { ENCRYPTION_KEYS: `${key2},${key1}` })
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      unreadable: [{ thing: 'webhook', id: webhook?.id, keyId: 'key1', fault: 'not_authentic' }],
      left: [{ keyId: 'key1', tokens: 0, secrets: 1 }],
      removable: [],
    })
    const keys = await bench.run(['keys'], { ENCRYPTION_KEYS: `${key2},${key1}` })
    expect(keys.exitCode).toBe(1)
    expect(keys.out).toContain('1 of them do not open')
  })

  test('by a ring with another key under a known id: nothing is touched', async () => {
    await boots(key1)
    await bench.connect(ring(key1))
    const { exitCode, err } = await bench.run(['reseal'], { ENCRYPTION_KEYS: `${key2},${key('key1', 9)}` })
    expect(exitCode).toBe(1)
    expect(err).toContain('another key under key1')
    expect(await uses()).toEqual([{ keyId: 'key1', tokens: 1, secrets: 2 }])
    const keys = await bench.run(['keys'], { ENCRYPTION_KEYS: `${key2},${key('key1', 9)}` })
    expect(keys.exitCode).toBe(1)
    expect(keys.out).toContain('key1: another key stands under this id')
  })
})

describe('a key that is lost for good', () => {
  test('keeps services from starting until what it sealed is given up by name; then connections say what they need', async () => {
    const [lost, kept] = [await bench.connect(ring(key1)), await bench.connect(ring(key2))]
    expect(await boots(key2)).toEqual([false, false])
    const env = { ENCRYPTION_KEYS: key2 }
    const asked = await bench.run(['forget', '--key', 'key1'], env)
    expect(asked.exitCode).toBe(2)
    expect(asked.err).toContain('Add --yes')
    expect((await bench.run(['forget', '--key', 'key1'], env, 'yes please')).exitCode).toBe(2)
    const dry = await bench.run(['forget', '--key', 'key1', '--dry-run'], env)
    expect(dry.out).toContain(`the token of connection ${lost.id}`)
    expect(await boots(key2)).toEqual([false, false])

    const done = await bench.run(['forget', '--key', 'key1', '--json'], env, 'key1')
    expect(done.exitCode).toBe(0)
    expect(JSON.parse(done.out)).toEqual({ tokens: 1, secrets: 2 })
    expect(await boots(key2)).toEqual([true, true])
    expect(await opened(ring(key2), lost)).toEqual(['none', 'none', 'none'])
    expect(await opened(ring(key2), kept)).toEqual(secretsOf(kept))
    const { rows } = await bench.database.pool.query(
      `select state, state_reason, (select array_agg(purpose order by purpose) from delivery_gap g where g.connection_id = c.id and reason = 'secret_lost') as gaps
       from connection c where id = $1`,
      [lost.id],
    )
    expect(rows).toEqual([{ state: 'needs_attention', state_reason: 'token_lost', gaps: ['other', 'records'] }])
  })

  test('is not lost while the ring opens what it sealed: nothing is given up', async () => {
    const connection = await bench.connect(ring(key1))
    const { exitCode, out } = await bench.run(['forget', '--key', 'key1', '--yes'], { ENCRYPTION_KEYS: `${key2},${key1}` })
    expect(exitCode).toBe(0)
    expect(out).toContain('Nothing is lost with key1.')
    expect(await opened(ring(key1), connection)).toEqual(secretsOf(connection))
  })
})
