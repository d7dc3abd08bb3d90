import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { queueBackends } from '@worksights/dev-stack/testing'
import { createKeyRing } from '@worksights/runtime'
import { type Bench, key, openBench } from '../testing/bench.ts'

/* What checks say of databases and queues, and of servers that are not ours; e2e/check.int.test.ts has them ask the services. */

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(async () => {
  const said = bench.written.join('')
  for (const secret of bench.secrets) expect(said).not.toContain(secret)
  await bench.close()
})

const ENCRYPTION_KEYS = key('key1', 1)

describe('check database', () => {
  test.each([
    [[], 'workerUrl', 'workers sees every organisation'],
    [['--login', 'workers'], 'workerUrl', 'workers sees every organisation'],
    [['--login', 'api'], 'apiUrl', 'timeline_api sees one organisation at a time'],
  ] as const)('%j says in a line what is there, and writes nothing', async (options, login, told) => {
    const { exitCode, out, err } = await bench.run(['check', 'database', ...options], { DATABASE_URL: bench.urls[login], ENCRYPTION_KEYS })
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).toMatch(/^database ok: PostgreSQL \d+\S* without TLS, all \d+ migrations applied, .+, the keys fit\n$/)
    expect(out).toContain(told)
    const { rows } = await bench.database.pool.query('select from sealing_key')
    expect(rows).toHaveLength(0)
  })

  test.each([
    ['the owner, whom row-level security does not hold back', 'url', [], 'row-level security does not hold back the login worksights'],
    ['the API’s login where the workers’ belongs', 'apiUrl', ['--login', 'workers'], 'are the URLs swapped?'],
    ['the workers’ login where the API’s belongs', 'workerUrl', ['--login', 'api'], 'are the URLs swapped?'],
  ] as const)('refuses %s', async (_, login, options, told) => {
    const { exitCode, out } = await bench.run(['check', 'database', ...options], { DATABASE_URL: bench.urls[login], ENCRYPTION_KEYS })
    expect(exitCode).toBe(1)
    expect(out).toContain(`database not ok: `)
    expect(out).toContain(told)
  })

  test.each([
    ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong' }), 'does not take the login and password in DATABASE_URL'],
    ['no such database', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), 'make the database that DATABASE_URL names'],
    ['nobody there', (url: URL) => Object.assign(url, { port: '1' }), 'nothing answers there'],
    ['no such host', (url: URL) => Object.assign(url, { hostname: 'nowhere.invalid' }), 'nobody here knows the host in DATABASE_URL'],
  ])('says what to do about %s', async (_, change, told) => {
    const DATABASE_URL = change(new URL(bench.urls.workerUrl)).href
    const { exitCode, out } = await bench.run(['check', 'database', '--wait', '0'], { DATABASE_URL, ENCRYPTION_KEYS })
    expect(exitCode).toBe(1)
    expect(out).toContain(told)
  })

  test('asks for migrations where there are none', async () => {
    const name = `unmigrated_${process.pid}`
    await bench.database.pool.query(`create database ${name}`)
    try {
      const DATABASE_URL = Object.assign(new URL(bench.urls.workerUrl), { pathname: `/${name}` }).href
      const { exitCode, out } = await bench.run(['check', 'database'], { DATABASE_URL, ENCRYPTION_KEYS })
      expect({ exitCode, out }).toEqual({
        exitCode: 1,
        out: 'database not ok: the database has no tables yet: run `worksights migrate`\n',
      })
    } finally {
      await bench.database.pool.query(`drop database ${name} with (force)`)
    }
  })

  test('names each key that is in use and not there', async () => {
    await bench.connect(createKeyRing(key('old', 3)))
    const { exitCode, out } = await bench.run(['check', 'database'], { ENCRYPTION_KEYS })
    expect(exitCode).toBe(1)
    expect(out).toContain('old: missing')
  })
})

test.each([
  ['database', 'DATABASE_URL', 'database ok'],
  ['queue', 'QUEUE_URL', 'queue ok'],
])('check %s waits for a server that is about to come', async (name, variable, told) => {
  const there = new URL(bench.urls.workerUrl)
  let visits = 0
  const door = createTcpServer(socket => {
    socket.on('error', () => {})
    visits += 1
    if (visits === 1) socket.destroy()
    else socket.pipe(connect(Number(there.port), there.hostname)).pipe(socket)
  })
  await once(door.listen(0, '127.0.0.1'), 'listening')
  const { port } = door.address() as AddressInfo
  const { out } = await bench.run(['check', name, '--wait', '600'], {
    [variable]: Object.assign(new URL(there), { port }).href,
    ENCRYPTION_KEYS: `${ENCRYPTION_KEYS},${key('old', 3)}`,
  })
  door.close()
  expect(out).toContain(told)
  expect(visits).toBeGreaterThan(1)
})

describe('check queue', () => {
  test.each(queueBackends())('says in a line what is there, on $name', async backend => {
    const { exitCode, out, err } = await bench.run(['check', 'queue'], { QUEUE_URL: backend.url(bench.urls) })
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).toMatch(/^queue ok: (Redis|Valkey|PostgreSQL) \d\S*( \(.*\))?, hints there now: resolve 0, coalesce 0, runs 0\n$/)
  })

  test('says what to do where nobody answers', async () => {
    const { exitCode, out } = await bench.run(['check', 'queue', '--wait', '0'], { QUEUE_URL: 'redis://:very-secret@127.0.0.1:1' })
    expect(exitCode).toBe(1)
    expect(out).toContain('queue not ok: ')
    expect(out).toContain('are host and port in QUEUE_URL right')
    expect(out).not.toContain('very-secret')
  })
})

describe('a server that is not ours', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })
  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  }
  const says = (status: number, body: string) => serve((_request, response) => void response.writeHead(status).end(body))
  const check = (argv: string[], env: Record<string, string>) =>
    bench.run(['check', ...argv, '--wait', '0'], { ENCRYPTION_KEYS: `${ENCRYPTION_KEYS},${key('old', 3)}`, ...env })

  test.each([
    [404, 'no such page', '404 without a code'],
    [200, 'welcome', '200 without a code'],
    [404, '{"code":"not_found"}', '404 not_found'],
    [503, 'no endpoints', '503 without a code'],
    [503, '{"code":"unavailable"}', 'cannot ask its database'],
  ])('and answers %i %j is not taken for the gateway', async (status, body, told) => {
    const { exitCode, out } = await check(['gateway'], { GATEWAY_URL: await says(status, body) })
    expect(exitCode).toBe(1)
    expect(out).toContain(told)
  })

  test('and refuses every endpoint is not taken for a gateway of this database', async () => {
    const GATEWAY_URL = await says(404, '{"code":"unknown_endpoint"}')
    const { exitCode, out } = await check(['gateway'], { GATEWAY_URL })
    expect(exitCode).toBe(1)
    expect(out).toContain('does not know an endpoint of this database')
  })

  test.each([
    [200, '', '200 without a code in place of 401 bad_signature'],
    [503, '{"code":"unavailable"}', 'cannot open the secret'],
  ])('and answers %i %j to what is wrongly signed is not', async (status, body, told) => {
    let posts = 0
    const GATEWAY_URL = await serve((_request, response) => {
      posts += 1
      if (posts === 1) response.writeHead(404).end('{"code":"unknown_endpoint"}')
      else response.writeHead(status).end(body)
    })
    const { exitCode, out } = await check(['gateway'], { GATEWAY_URL })
    expect(exitCode).toBe(1)
    expect(out).toContain(told)
  })

  test.each([
    [404, 'no such page', "is not the API's description"],
    [200, '{"openapi":"2.0"}', "is not the API's description"],
    [502, 'bad gateway', '502 without a code'],
  ])('and answers %i %j is not taken for the API', async (status, body, told) => {
    const { exitCode, out } = await check(['api'], { API_URL: await says(status, body) })
    expect(exitCode).toBe(1)
    expect(out).toContain(told)
  })

  test('and lets everybody in is not', async () => {
    const API_URL = await says(200, '{"openapi":"3.1.0","info":{"title":"x","version":"1"}}')
    const { exitCode, out } = await check(['api'], { API_URL })
    expect(exitCode).toBe(1)
    expect(out).toContain('without a token was answered 200')
  })

  test('is waited for while it starts', async () => {
    let asked = 0
    const GATEWAY_URL = await serve((_request, response) => {
      asked += 1
      response.writeHead(asked < 3 ? 503 : 404).end('{"code":"not_found"}')
    })
    const { out } = await bench.run(['check', 'gateway', '--wait', '600'], { GATEWAY_URL, ENCRYPTION_KEYS })
    expect({ asked, out }).toEqual({ asked: 3, out: expect.stringContaining('404 not_found') })
  })

  test.each([
    ['gateway', 'GATEWAY_URL'],
    ['api', 'API_URL'],
  ])('or nobody at all: %s', async (name, variable) => {
    const gone = await says(200, '')
    await new Promise(closed => servers.pop()?.close(closed))
    const { exitCode, out } = await check([name], { [variable]: gone })
    expect(exitCode).toBe(1)
    expect(out).toMatch(new RegExp(`^${name} not ok: .*host and port in ${variable} right`))
  })
})

describe('each check', () => {
  test.each([
    ['database', 'DATABASE_URL'],
    ['queue', 'QUEUE_URL'],
    ['gateway', 'GATEWAY_URL'],
    ['api', 'API_URL'],
  ])('%s tells by --help what it reads, and without it names what is missing, exit code 2', async (name, variable) => {
    const help = await bench.run(['check', name, '--help'])
    expect({ exitCode: help.exitCode, out: help.out }).toEqual({ exitCode: 0, out: expect.stringContaining(variable) })
    const { exitCode, err } = await bench.run(['check', name], { [variable]: '' })
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(`${variable}: is missing`) })
  })

  test.each([[['gateway', '--wait', '601']], [['database', '--login', 'owner']], [['nothing']], [[]]])(
    'wrongly called is exit code 2: %j',
    async argv => {
      expect((await bench.run(['check', ...argv])).exitCode).toBe(2)
    },
  )

  test('says the same as JSON', async () => {
    const { out } = await bench.run(['check', 'api', '--wait', '0', '--json'], { API_URL: 'http://nowhere.invalid' })
    expect(JSON.parse(out)).toEqual({ check: 'api', ok: false, found: null, faults: [expect.stringContaining('API_URL')], warnings: [] })
  })
})
