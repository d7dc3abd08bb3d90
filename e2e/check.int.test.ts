import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createKeyRing, listen } from '@worksights/runtime'
import pg from 'pg'
import { z } from 'zod'
import { type Bench, key, openBench } from '../packages/operations/src/testing/bench.ts'
import { startApi } from '../services/timeline-api/src/testing/api.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/* `worksights check …` as `helm test` runs it, asking the services themselves. */

let stack: RunningStack
let owner: pg.Pool
let bench: Bench
let installed: Record<string, string>

beforeAll(async () => {
  stack = await startWholeStack()
  bench = await openBench()
  owner = new pg.Pool({ connectionString: stack.info.database_url, max: 1 })
  const password = randomBytes(24).toString('base64url')
  await owner.query(`create role operator login password '${password}' in role worksights_worker`)
  const secrets = z.object({ encryptionKeys: z.string() }).parse(JSON.parse(await readFile(join(stack.dataFolder, 'secrets.json'), 'utf8')))
  const workers = Object.assign(new URL(stack.info.database_url), { username: 'operator', password }).href
  bench.secrets.push(password, secrets.encryptionKeys.split(':')[1] ?? '')
  installed = {
    DATABASE_URL: workers,
    QUEUE_URL: workers,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    GATEWAY_URL: stack.info.urls.gateway,
    API_URL: stack.info.urls.api,
    OIDC_ISSUER: stack.info.urls.identity,
  }
}, 120_000)
afterAll(async () => {
  const said = (bench?.written ?? []).join('')
  for (const secret of bench?.secrets ?? []) expect(said).not.toContain(secret)
  await owner?.end()
  await bench?.close()
  await stack?.stop()
}, 60_000)

/** How many rows there are of everything that work leaves behind. */
async function rows() {
  const tables = ['delivery', 'event', 'activity', 'webhook', 'connection', 'run', 'audit_entry', 'organization', 'app_user', 'sealing_key']
  const { rows } = await owner.query(`select ${tables.map(table => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`)
  return rows[0]
}

describe('an installation as it should be', () => {
  test.each([
    [['database', '--login', 'workers'], /^database ok: PostgreSQL .* operator sees every organisation/],
    [['queue'], /^queue ok: PostgreSQL .*, hints there now: /],
    [['gateway'], /^gateway ok: it knows the endpoints of this database, opens their secrets, and takes only what is signed/],
    [['api'], /^api ok: .* refuses whoever is not signed in, has the keys of http\S+, and asks its database\n$/],
  ])('passes %j, which leaves no row behind', async (argv, told) => {
    const before = await rows()
    const { exitCode, out, err } = await bench.run(['check', ...argv], installed)
    expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: expect.stringMatching(told), err: '' })
    expect(await rows()).toEqual(before)
  })
})

describe('check gateway', () => {
  const check = (env: Record<string, string>) => bench.run(['check', 'gateway', '--wait', '0'], { ...installed, ...env })

  test('before the first workspace is connected says that no signature was tried', async () => {
    const { exitCode, out } = await check({ DATABASE_URL: bench.urls.workerUrl })
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: expect.stringContaining('no signature was tried') })
  })

  test('tells a gateway that stands on another database', async () => {
    const ENCRYPTION_KEYS = key('elsewhere', 5)
    await bench.connect(createKeyRing(ENCRYPTION_KEYS))
    const { exitCode, out } = await check({ DATABASE_URL: bench.urls.workerUrl, ENCRYPTION_KEYS })
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: expect.stringContaining('its DATABASE_URL names another one') })
  })

  test('tells keys that do not open what the database holds', async () => {
    const keyId = installed.ENCRYPTION_KEYS?.split(':')[0] ?? ''
    const { exitCode, out } = await check({ ENCRYPTION_KEYS: key(keyId, 6) })
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: expect.stringMatching(/^gateway not ok: /) })
  })

  test('tells a proxy that writes bodies anew', async () => {
    const handOn: RequestListener = async (request, response) => {
      const answer = await fetch(stack.info.urls.gateway + request.url, {
        method: 'POST',
        headers: { 'attio-signature': String(request.headers['attio-signature']) },
        body: `${await text(request)}\n`,
      })
      response.writeHead(answer.status).end(await answer.text())
    }
    const proxy = await listen((request, response) => void handOn(request, response), { port: 0, host: '127.0.0.1' })
    try {
      const { exitCode, out } = await check({ GATEWAY_URL: `http://127.0.0.1:${proxy.port}` })
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: expect.stringContaining('must hand body and Attio-Signature on as they are') })
    } finally {
      await proxy.close()
    }
  })
})

describe('check api', () => {
  const check = (env: Record<string, string>) => bench.run(['check', 'api', '--wait', '0'], env)

  test('tells an identity provider that the API cannot ask, of several', async () => {
    const OIDC_ISSUERS = JSON.stringify([{ issuer: 'http://127.0.0.1:9/', audience: 'x' }])
    const api = await startApi({ OIDC_ISSUER: '', OIDC_AUDIENCE: '', OIDC_ISSUERS })
    const { exitCode, out } = await check({ API_URL: api.url, OIDC_ISSUERS })
    await api.close()
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: expect.stringContaining('cannot get the keys of http://127.0.0.1:9/') })
  })

  test('tells a database that does not answer the API', async () => {
    const api = await startApi()
    await api.database.pool.query('drop function spend_export_ticket')
    const { exitCode, out } = await check({ API_URL: api.url })
    await api.close()
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: expect.stringContaining('can the API ask its database?') })
  })
})
