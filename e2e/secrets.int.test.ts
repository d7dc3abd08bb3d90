import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { tokenSealContext } from '@worksights/database'
import { createTestDatabase, queueBackends } from '@worksights/dev-stack/testing'
import { createKeyRing } from '@worksights/runtime'
import { Redis } from 'ioredis'
import pg from 'pg'
import { z } from 'zod'
import { addressesOf } from './harness/addresses.ts'
import { type Admin, adminOf } from './harness/admin.ts'
import { timelineApi } from './harness/api.ts'
import { idOf, openSimulator } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/*
 * A whole run at the most talkative log level: connecting, events, a refresh, a replay, failing look-ups, then disconnecting. Afterwards everything the
 * stack wrote, keeps and answers is searched for what nobody may ever read there.
 */

const ada = 'ada.lovelace@northwind.example'
const webhooks = z.object({ webhooks: z.array(z.looseObject({ secret: z.string() })) })

describe.each(queueBackends())('after a whole run, with queues on $name', backend => {
  let stack: RunningStack
  let owner: pg.Pool
  let queueUrl = ''
  /** By what they are; each is searched for as it is, and as hexadecimal digits, which is how Postgres writes bytes. */
  const secrets: Record<string, string> = {}
  /** Every reply of the API. */
  let replies = ''

  let admin: Admin

  beforeAll(async () => {
    const database = await createTestDatabase()
    await database.drop()
    queueUrl = backend.name === 'redis' ? backend.url(database) : ''
    stack = await startWholeStack({ LOG_LEVEL: 'trace', ...(queueUrl ? { REDIS_URL: queueUrl } : {}) })
    owner = new pg.Pool({ connectionString: stack.info.database_url, max: 1 })
    admin = adminOf(stack.info.urls.api, stack.info.organizations.northwind.admin.token, (path, text) => {
      replies += `${path} ${text}\n`
    })
    await collectSecrets()
    await work()
  }, 180_000)
  afterAll(async () => {
    await owner?.end()
    await stack?.stop()
  }, 60_000)

  async function collectSecrets(): Promise<void> {
    const { encryptionKeys } = z
      .object({ encryptionKeys: z.string() })
      .parse(JSON.parse(await readFile(join(stack.dataFolder, 'secrets.json'), 'utf8')))
    secrets['the encryption key'] = encryptionKeys.split(':')[1] ?? ''
    secrets['the Attio app’s secret'] = 'simulator-secret'
    secrets['a person’s access token'] = stack.info.organizations.northwind.admin.token
    secrets['a database password'] = new URL(stack.info.database_url).password
    const { rows } = await owner.query<{ sealed: Buffer; key: string }>(
      'select token_sealed as sealed, token_key_id as key from connection where id = $1',
      [stack.info.connection_id],
    )
    const [row] = rows
    if (row) secrets['Attio’s token'] = createKeyRing(encryptionKeys).open(row.sealed, row.key, tokenSealContext(stack.info.connection_id))
    const attio = await openSimulator(stack.info.urls.attio)
    const { webhooks: all } = await attio.control('GET', '/webhooks', webhooks)
    all.forEach((webhook, index) => {
      secrets[`the secret of webhook ${index + 1}`] = webhook.secret
    })
  }

  async function work(): Promise<void> {
    const attio = await openSimulator(stack.info.urls.attio)
    const api = timelineApi(stack.info.urls.api, stack.info.organizations.northwind.admin.token)
    const companies = '/v2/objects/companies/records'
    const record = await attio.write('POST', companies, ada, { values: { name: 'Sealed Ltd' } })
    await api.until(idOf(record, 'record_id'), lines => lines.length > 0)
    await attio.control('PUT', '/faults', z.unknown(), { server_errors: { rate: 1 } })
    const nameless = await attio.write('POST', companies, ada, { values: { name: 'Nameless Ltd' } })
    await api.until(idOf(nameless, 'record_id'), lines => lines.length > 0)
    await attio.control('DELETE', '/faults', z.unknown())
    const connection = `/v1/integrations/attio/connections/${stack.info.connection_id}`
    await admin.finish('POST', `${connection}/refresh`)
    const { rows } = await owner.query<{ id: string }>('select id from delivery limit 1')
    const delivery = rows[0]?.id ?? ''
    expect((await admin.call('POST', `${connection}/deliveries/${delivery}/replay`)).status).toBe(202)
    await admin.finish('POST', `${connection}/deliveries/replay`, { states: ['processed'] })
    const one = async (sql: string) => (await owner.query<{ id: string }>(sql)).rows[0]?.id ?? ''
    const ids = {
      'timeline/{id}': await one('select id from activity limit 1'),
      'connections/{id}': stack.info.connection_id,
      '{deliveryId}': delivery,
      'runs/{id}': await one('select id from run limit 1'),
      'members/{id}': await one('select id from member limit 1'),
      'lists/{id}': await one(`select id from label where type = 'list' limit 1`),
      'users/{id}': await one('select id from app_user limit 1'),
    }
    for (const { address } of await addressesOf(stack.info.urls.api, ids)) await admin.call('GET', address)
    await admin.call('GET', '/v1/integrations/attio/callback?code=made-up&state=made-up')
    await admin.finish('DELETE', connection)
  }

  function found(text: string): string[] {
    return Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret) || text.includes(Buffer.from(secret).toString('hex')))
      .map(([name]) => name)
  }

  test('there were secrets to be found', () => {
    expect(Object.keys(secrets).length).toBeGreaterThan(6)
    expect(Object.values(secrets).filter(secret => secret.length < 12)).toEqual([])
    expect(found(Object.values(secrets).join(' ')).sort()).toEqual(Object.keys(secrets).sort())
  })

  test('no log line holds one, nor the body of a delivery', () => {
    expect(stack.output().length).toBeGreaterThan(10_000)
    expect(found(stack.output())).toEqual([])
    expect(stack.output()).not.toContain('"event_type":')
  })

  test('no table holds one as plain text, those of the queues included', async () => {
    const { rows: tables } = await owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    let rowsSeen = 0
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`)
      rowsSeen += rows.length
      expect([name, found(rows.map(({ row }) => row).join('\n'))]).toEqual([name, []])
    }
    expect(rowsSeen).toBeGreaterThan(50)
  })

  if (backend.name === 'redis') {
    test('no key of Redis holds one', async () => {
      const redis = new Redis(queueUrl)
      try {
        const dumps = await Promise.all(
          (await redis.keys('*')).map(async key => `${key} ${(await redis.dumpBuffer(key))?.toString('latin1')}`),
        )
        expect(dumps.length).toBeGreaterThan(2)
        expect(found(dumps.join('\n'))).toEqual([])
      } finally {
        redis.disconnect()
      }
    })
  }

  test('no reply of the API holds one', () => {
    expect(replies.length).toBeGreaterThan(10_000)
    expect(found(replies)).toEqual([])
  })
})
