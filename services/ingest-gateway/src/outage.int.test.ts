import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Database, openDatabase } from '@worksights/database'
import { createTestDatabase, queueBackends, type TestDatabase } from '@worksights/dev-stack/testing'
import { createQueues } from '@worksights/queues'
import { createKeyRing, createLogger } from '@worksights/runtime'
import { addEndpoint, recordUpdated, type TestEndpoint } from './testing/endpoints.ts'
import { startGateway, type TestGateway } from './testing/gateway.ts'
import { type GatewayProcess, startGatewayProcess } from './testing/process.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(options: Parameters<typeof startGateway>[0] = {}): Promise<TestGateway> {
  const gateway = await startGateway(options)
  closers.push(() => gateway.close())
  return gateway
}

describe.each(queueBackends())('with queues on $name', backend => {
  test('what is committed is hinted', async () => {
    const gateway = await open({ queueUrl: backend.url })
    const endpoint = await gateway.addEndpoint()
    const queues = createQueues({ url: gateway.queueUrl, log: createLogger({ service: 'test', level: 'silent' }) })
    const hinted: { connectionId: string; rows: number }[] = []
    const worker = queues.work(
      'resolve',
      async ({ connectionId }) => {
        hinted.push({ connectionId, rows: (await gateway.rows(endpoint)).length })
      },
      { concurrency: 1 },
    )
    closers.push(
      () => queues.close(),
      () => worker.close(),
    )
    expect((await gateway.post(endpoint, recordUpdated())).status).toBe(200)
    while (hinted.length === 0) await sleep(10)
    expect(hinted).toEqual([{ connectionId: endpoint.connectionId, rows: 1 }])
  })
})

test('what is ignored makes no hint', async () => {
  const gateway = await open({ queueUrl: () => 'redis://127.0.0.1:1/0' })
  const endpoint = await gateway.addEndpoint()
  expect((await gateway.post(endpoint, '{}')).status).toBe(200)
  await gateway.settle()
  expect(gateway.logs).toEqual([])
})

describe.each([
  ['Redis', 'redis://127.0.0.1:1/0'],
  ['Postgres', 'postgres://nobody:nothing@127.0.0.1:1/nowhere'],
])('with the queue on %s away', (_, queueUrl) => {
  test('deliveries are answered 200 and stored due, and the log says once a second that hints are lost', async () => {
    const gateway = await open({ queueUrl: () => queueUrl })
    const endpoint = await gateway.addEndpoint()
    const posts = Array.from({ length: 50 }, () => gateway.post(endpoint, recordUpdated()))
    for (const post of posts) expect((await post).status).toBe(200)
    expect(await gateway.rows(endpoint)).toMatchObject(Array(50).fill({ state: 'received', due: true }))
    await gateway.settle()
    const lost = gateway.logs.filter(line => line.includes('a hint was lost'))
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.length).toBeLessThan(5)
    expect(gateway.logs.join('')).not.toContain('nobody:nothing')
  })
})

test('with the database broken off, posts are 503 or stored, never 200 and lost; afterwards all is taken again', async () => {
  const gateway = await open()
  const endpoint = await gateway.addEndpoint()
  const answers = new Map<string, number>()
  let sent = 0
  let running = true
  const sender = async () => {
    while (running) {
      const key = `key-${++sent}`
      answers.set(key, (await gateway.post(endpoint, recordUpdated(), { 'idempotency-key': key })).status)
    }
  }
  const senders = Array.from({ length: 8 }, sender)
  const cut = `select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity
    where datname = current_database() and application_name = 'ingest-gateway'`
  const unavailable = () => [...answers.values()].filter(status => status === 503).length
  while (unavailable() === 0) {
    await gateway.database.pool.query(cut)
    await sleep(5)
  }
  const before = sent
  while (sent < before + 50) await sleep(5)
  running = false
  await Promise.all(senders)
  expect(new Set(answers.values())).toEqual(new Set([200, 503]))
  const stored = new Set((await gateway.rows(endpoint)).map(row => row.idempotencyKey))
  expect([...answers].filter(([key, status]) => status === 200 && !stored.has(key))).toEqual([])
  expect((await gateway.post(endpoint, recordUpdated())).status).toBe(200)
})

test('with the table locked, a post is 503 before Attio gives it up, and keeps nothing', async () => {
  const gateway = await open()
  const endpoint = await gateway.addEndpoint()
  const client = await gateway.database.pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table delivery in access exclusive mode')
    expect((await gateway.post(endpoint, recordUpdated())).status).toBe(503)
    await client.query('rollback')
  } finally {
    client.release()
  }
  expect(await gateway.rows(endpoint)).toEqual([])
  expect((await gateway.post(endpoint, recordUpdated())).status).toBe(200)
  expect(await gateway.rows(endpoint)).toHaveLength(1)
})

test('over its rate an endpoint gets 429 with a time to come again, and nothing is stored of it', async () => {
  const gateway = await open({ endpointRateLimit: 1 })
  const endpoint = await gateway.addEndpoint()
  const responses = await Promise.all(Array.from({ length: 10 }, () => gateway.post(endpoint, recordUpdated())))
  const refused = responses.filter(({ status }) => status === 429)
  const taken = responses.filter(({ status }) => status === 200)
  expect(taken.length + refused.length).toBe(10)
  expect(taken.length).toBeGreaterThanOrEqual(2)
  expect(refused.length).toBeGreaterThan(0)
  for (const response of refused) {
    expect(response.headers.get('retry-after')).not.toBeNull()
    expect(await response.json()).toEqual({ code: 'rate_limited' })
  }
  expect(await gateway.rows(endpoint)).toHaveLength(taken.length)
})

describe('the process', () => {
  const encryptionKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`
  let testDatabase: TestDatabase
  let database: Database
  let endpoint: TestEndpoint

  async function start(env: Record<string, string> = {}): Promise<GatewayProcess> {
    testDatabase = await createTestDatabase()
    database = openDatabase({ url: testDatabase.url, applicationName: 'test', max: 1 })
    closers.push(
      () => testDatabase.drop(),
      () => database.close(),
    )
    endpoint = await addEndpoint(database, createKeyRing(encryptionKeys))
    const gateway = await startGatewayProcess({
      ...{ DATABASE_URL: testDatabase.url, QUEUE_URL: testDatabase.url, ENCRYPTION_KEYS: encryptionKeys, LOG_LEVEL: 'trace', ...env },
    })
    closers.push(async () => {
      gateway.child.kill('SIGKILL')
      await gateway.exited
    })
    return gateway
  }
  const post = (gateway: GatewayProcess, body: string, headers: Record<string, string> = {}) =>
    fetch(gateway.url + endpoint.path, { method: 'POST', body, headers: { 'attio-signature': endpoint.sign(body), ...headers } })
  const stored = async () =>
    (
      await database.pool.query<{ key: string; repeats: number; due: boolean }>(
        'select idempotency_key as key, repeats, due_at <= now() as due from delivery',
      )
    ).rows

  test('is ready while the queue is away, and takes deliveries', async () => {
    const gateway = await start({ QUEUE_URL: 'redis://127.0.0.1:1/0' })
    expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(200)
    expect((await post(gateway, recordUpdated())).status).toBe(200)
    expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })

  test('without its database is alive, not ready, and answers 503', async () => {
    const gateway = await start({ DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere' })
    expect((await fetch(`${gateway.adminUrl}/livez`)).status).toBe(200)
    expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(503)
    expect((await post(gateway, recordUpdated())).status).toBe(503)
    expect(gateway.output()).not.toContain('nobody:nothing')
  })

  test('with another key under a known id, or without one that secrets are sealed with, names it and exits 1', async () => {
    await start()
    const env = { DATABASE_URL: testDatabase.workerUrl, QUEUE_URL: testDatabase.workerUrl }
    const wrong = Buffer.alloc(32, 9).toString('base64')
    for (const [keys, told] of [
      [`test:${wrong}`, /ended while starting \(1\).*test: another key stands under this id/s],
      [`other:${wrong}`, /ended while starting \(1\).*test: missing/s],
    ] as const) {
      const refused = await startGatewayProcess({ ...env, ENCRYPTION_KEYS: keys }).then(
        () => 'started',
        (error: Error) => error.message,
      )
      expect(refused).toMatch(told)
      expect(refused).not.toContain(wrong)
    }
  })

  test('killed between the commit and its answer leaves a due row, and the repeat that follows is no second one', async () => {
    const gateway = await start()
    const key = { 'idempotency-key': 'killed' }
    const body = recordUpdated()
    // Holds the insert, so that the process can be stopped before it hears of the commit.
    await database.pool.query(`
      create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
      create trigger hold after insert on delivery for each row execute function hold()`)
    const client = await database.pool.connect()
    await client.query('select pg_advisory_lock(1)')
    const answer = post(gateway, body, key).then(
      ({ status }) => status,
      () => 'none' as const,
    )
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
    while ((await client.query(waiting)).rowCount === 0) await sleep(10)
    gateway.child.kill('SIGSTOP')
    await client.query('select pg_advisory_unlock(1)')
    while ((await client.query('select 1 from delivery')).rowCount === 0) await sleep(10)
    gateway.child.kill('SIGKILL')
    client.release()
    expect(await answer).toBe('none')
    expect(await stored()).toEqual([{ key: 'killed', repeats: 0, due: true }])
    const next = await startGatewayProcess({ DATABASE_URL: testDatabase.url, QUEUE_URL: testDatabase.url, ENCRYPTION_KEYS: encryptionKeys })
    closers.push(() => next.child.kill('SIGKILL'))
    expect((await post(next, body, key)).status).toBe(200)
    expect(await stored()).toEqual([{ key: 'killed', repeats: 1, due: true }])
  })

  test('told to stop answers what it has in hand, then ends with 0', async () => {
    const gateway = await start()
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query('lock table delivery in access exclusive mode')
    const answer = post(gateway, recordUpdated())
    // Not pg_stat_activity, which stands still within a transaction.
    const waiting = `select 1 from pg_locks join pg_database on pg_database.oid = database
      where datname = current_database() and relation = 'delivery'::regclass and not granted`
    while ((await client.query(waiting)).rowCount === 0) await sleep(10)
    gateway.child.kill('SIGTERM')
    await client.query('rollback')
    client.release()
    expect((await answer).status).toBe(200)
    expect(await gateway.exited).toBe(0)
    expect(await stored()).toHaveLength(1)
  })

  test('writes no secret, key, address, body or signature into its log, whatever is posted, and counts each outcome', async () => {
    const gateway = await start()
    const marked = JSON.stringify({ webhook_id: 'w', events: [{ event_type: 'task.created', id: { task_id: 'body-marker' } }] })
    const shapeless = '{"shapeless-marker":"body-marker"}'
    const posts: [string, Record<string, string>, number][] = [
      [marked, {}, 200],
      [shapeless, {}, 200],
      [marked, { 'attio-signature': 'ab'.repeat(32) }, 401],
      ['not-json body-marker', {}, 400],
      [marked, { 'content-encoding': 'gzip' }, 415],
    ]
    for (const [body, headers, status] of posts) expect((await post(gateway, body, headers)).status).toBe(status)
    await database.pool.query('drop table delivery cascade')
    expect((await post(gateway, marked)).status).toBe(503)
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text()
    for (const outcome of ['stored', 'bad_signature', 'not_json', 'encoded', 'store_unavailable']) {
      expect(metrics).toMatch(new RegExp(`^worksights_deliveries_received_total\\{outcome="${outcome}"\\} [12]`, 'm'))
    }
    gateway.child.kill('SIGTERM')
    expect(await gateway.exited).toBe(0)
    expect(gateway.output()).toContain('deliveries could not be stored')
    const secrets = [
      endpoint.secret,
      endpoint.sign(marked),
      'ab'.repeat(32),
      encryptionKeys.slice(5),
      testDatabase.url,
      new URL(testDatabase.url).password,
    ]
    for (const secret of [...secrets, endpoint.endpointId, 'body-marker', 'shapeless-marker']) {
      expect(gateway.output()).not.toContain(secret)
      expect(metrics).not.toContain(secret)
    }
  })
})
