import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { buildSubscriptions, createAttioClient } from '@worksights/attio'
import { type Simulator, startSimulator } from '@worksights/attio-simulator'
import { endpointUrl } from '@worksights/connections'
import { createKeyRing } from '@worksights/runtime'
import { z } from 'zod'
import { type Bench, key, openBench, type TestConnection } from './testing/bench.ts'

const keys = key('key1', 1)
const keyRing = createKeyRing(keys)
const [oldUrl, newUrl] = ['https://old.example.com/gateway', 'https://new.example.com']

let bench: Bench
let simulator: Simulator
beforeAll(async () => {
  ;[bench, simulator] = await Promise.all([openBench(), startSimulator()])
})
afterEach(async () => {
  await control('DELETE', '/faults')
  await bench.database.pool.query('delete from organization')
  const written = bench.written.join('\n')
  for (const secret of bench.secrets) expect(written).not.toContain(secret)
})
afterAll(async () => {
  await simulator.close()
  await bench.close()
})

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${simulator.url}/_simulator${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  return await response.json()
}

let workspaces = 0

/** A connection whose two webhooks are at Attio, with the old address. */
async function connect(): Promise<TestConnection & { slug: string }> {
  const slug = `w${++workspaces}`
  await control('POST', '/workspaces', { slug, name: slug })
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await control('POST', '/tokens', { workspace: slug }))
  const connection = await bench.connect(keyRing, slug, token)
  const attio = createAttioClient({ apiUrl: simulator.url, token })
  for (const { id, endpointId, purpose } of connection.webhooks) {
    const subscriptions = buildSubscriptions(purpose, [])
    const made = await attio.createWebhook({ targetUrl: endpointUrl(oldUrl, endpointId), subscriptions })
    if (!made.ok) throw new Error(made.error.message)
    await bench.database.pool.query('update webhook set attio_webhook_id = $2 where id = $1', [id, made.data.id.webhook_id])
  }
  return { ...connection, slug }
}

async function targets({ slug }: { slug: string }): Promise<string[]> {
  const reply = z.object({ webhooks: z.array(z.object({ workspace: z.string(), target_url: z.string() })) })
  return reply
    .parse(await control('GET', '/webhooks'))
    .webhooks.flatMap(({ workspace, target_url }) => (workspace === slug ? [target_url] : []))
}

const addresses = (gatewayUrl: string, { webhooks }: TestConnection) =>
  webhooks.map(({ endpointId }) => endpointUrl(gatewayUrl, endpointId))
const env = () => ({ ENCRYPTION_KEYS: keys, PUBLIC_GATEWAY_URL: newUrl, ATTIO_API_URL: simulator.url, ATTIO_APP_URL: simulator.url })

test('every webhook of every connection gets the new address; run again there is nothing to do', async () => {
  const connections = [await connect(), await connect()]
  const preview = await bench.run(['retarget', '--dry-run'], env())
  expect(preview).toMatchObject({ exitCode: 0 })
  expect(preview.out).toContain(`4 webhooks of 2 connections would be moved to ${newUrl}.`)
  for (const connection of connections) expect(await targets(connection)).toEqual(addresses(oldUrl, connection))

  const moved = await bench.run(['retarget'], env())
  expect(moved).toMatchObject({ exitCode: 0, out: `4 webhooks of 2 connections moved to ${newUrl}.\n` })
  for (const connection of connections) expect(await targets(connection)).toEqual(addresses(newUrl, connection))
  const again = await bench.run(['retarget', '--json'], env())
  expect(JSON.parse(again.out)).toMatchObject({
    results: [
      { webhooks: 0, problem: null },
      { webhooks: 0, problem: null },
    ],
  })
})

test('--connection moves that one only, and says when there is none', async () => {
  const [one, other] = [await connect(), await connect()]
  expect((await bench.run(['retarget', '--connection', one.id], env())).exitCode).toBe(0)
  expect(await targets(one)).toEqual(addresses(newUrl, one))
  expect(await targets(other)).toEqual(addresses(oldUrl, other))
  const none = await bench.run(['retarget', '--connection', one.organizationId], env())
  expect(none).toMatchObject({ exitCode: 1, out: 'There is no such connection.\n' })
})

test('a connection that fails is named, the others go on, and the command fails in the end', async () => {
  const [dead, unreadable, forgotten, well] = [await connect(), await connect(), await connect(), await connect()]
  const { pool } = bench.database
  await control('PUT', `/faults?workspace=${dead.slug}`, { token_revoked: true })
  await pool.query('update connection set token_sealed = set_byte(token_sealed, 20, 0) where id = $1', [unreadable.id])
  await pool.query('update connection set token_sealed = null, token_key_id = null where id = $1', [forgotten.id])
  const { exitCode, out } = await bench.run(['retarget'], env())
  expect(exitCode).toBe(1)
  expect(out).toContain(`Failed: Northwind (${dead.id}): Its token is dead or gone`)
  expect(out).toContain(`Failed: Northwind (${unreadable.id}): Its token cannot be opened.`)
  expect(out).toContain(`Failed: Northwind (${forgotten.id}): Its token is dead or gone`)
  expect(await targets(well)).toEqual(addresses(newUrl, well))
  expect(await targets(dead)).toEqual(addresses(oldUrl, dead))
})

test('told to wait by Attio it waits and goes on', async () => {
  const connection = await connect()
  await control('PUT', '/faults', { rate_limit_storm: { for_ms: 6_000 } })
  const { exitCode, err } = await bench.run(['retarget'], env())
  expect(exitCode).toBe(0)
  expect(err).toContain('again in 1 s')
  expect(await targets(connection)).toEqual(addresses(newUrl, connection))
})

test('what is disconnected is left alone', async () => {
  const { id } = await connect()
  await bench.database.pool.query(`update connection set state = 'disconnected', token_sealed = null, token_key_id = null where id = $1`, [
    id,
  ])
  expect(await bench.run(['retarget'], env())).toMatchObject({ exitCode: 0, out: `0 webhooks of 0 connections moved to ${newUrl}.\n` })
  expect((await bench.run(['retarget', '--connection', id], env())).out).toContain('It is disconnected')
})
