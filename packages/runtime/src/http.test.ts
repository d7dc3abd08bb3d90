import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import express from 'express'
import { type Check, createAdminServer } from './admin-server.ts'
import { type Listener, listen } from './http-server.ts'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { noSuchRoute, Problem, problemHandler } from './problem.ts'
import { requestIdOf, requestIds } from './request-id.ts'

const open: Listener[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(listener => listener.close()))
})
async function serve(listener: Promise<Listener>): Promise<{ url: string; listener: Listener }> {
  const up = await listener
  open.push(up)
  return { url: `http://127.0.0.1:${up.port}`, listener: up }
}
const local = { port: 0, host: '127.0.0.1' }

describe('the admin server', () => {
  const database: Check = { name: 'database', ok: true }
  async function setUp(state: { ready: () => Promise<Check[]>; live?: Check[]; draining?: boolean }) {
    const metrics = createMetrics('test')
    metrics.meter.createCounter('tests_total', { description: 'Tests.' }).add(2, { outcome: 'good' })
    const { url } = await serve(
      createAdminServer({
        ...local,
        readiness: state.ready,
        liveness: () => state.live ?? [],
        draining: () => state.draining ?? false,
        metrics,
      }),
    )
    const ask = async (path: string) => {
      const response = await fetch(url + path)
      return { status: response.status, text: await response.text() }
    }
    return ask
  }

  test('ready and alive while every check is well', async () => {
    const ask = await setUp({ ready: async () => [database] })
    expect((await ask('/readyz')).status).toBe(200)
    expect((await ask('/livez')).status).toBe(200)
  })

  test('a failing dependency takes readiness and leaves liveness', async () => {
    const ask = await setUp({ ready: async () => [{ ...database, ok: false }] })
    expect(await ask('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('"name":"database","ok":false') })
    expect((await ask('/livez')).status).toBe(200)
  })

  test('a stuck worker takes liveness and leaves readiness', async () => {
    const ask = await setUp({ ready: async () => [database], live: [{ name: 'consumption', ok: false }] })
    expect((await ask('/livez')).status).toBe(503)
    expect((await ask('/readyz')).status).toBe(200)
  })

  test('a draining process is not ready and is alive', async () => {
    const ask = await setUp({ ready: async () => [database], draining: true })
    expect((await ask('/readyz')).status).toBe(503)
    expect((await ask('/livez')).status).toBe(200)
  })

  test('a check that throws or hangs is not ready, and says nothing of the inside', async () => {
    const throwing = await (await setUp({ ready: () => Promise.reject(new Error('postgres://user:hidden@host')) }))('/readyz')
    expect(throwing.status).toBe(503)
    expect(throwing.text).not.toContain('hidden')
    const hanging = await setUp({ ready: () => new Promise(() => {}) })
    expect((await hanging('/readyz')).status).toBe(503)
  })

  test('metrics come in the text format of Prometheus', async () => {
    const ask = await setUp({ ready: async () => [database] })
    expect((await ask('/metrics')).text).toContain('tests_total{outcome="good"} 2')
  })
})

describe('problems', () => {
  const lines: string[] = []
  const log = createLogger({ service: 'test', level: 'info', destination: { write: line => lines.push(line) } })
  const app = express()
  app.use(requestIds())
  app.get('/limited', () => {
    throw new Problem({
      status: 429,
      code: 'too_many',
      detail: 'Wait.',
      errors: [{ path: 'query.limit', message: 'is too big' }],
      headers: { 'retry-after': '3' },
    })
  })
  app.get('/broken', () => {
    throw new Error('table x does not exist')
  })
  app.get('/id', (_request, response) => void response.send(requestIdOf(response)))
  app.post('/json', express.json(), (_request, response) => void response.send('ok'))
  app.use(noSuchRoute())
  app.use(problemHandler({ log, typeBase: 'https://api.test.example/problems/' }))

  test('are answered as RFC 9457 with every member', async () => {
    const { url } = await serve(listen(app, local))
    const response = await fetch(`${url}/limited`, { headers: { 'x-request-id': 'abcdef-123456' } })
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(response.headers.get('retry-after')).toBe('3')
    expect(await response.json()).toEqual({
      type: 'https://api.test.example/problems/too_many',
      title: 'Too Many Requests',
      status: 429,
      detail: 'Wait.',
      code: 'too_many',
      request_id: 'abcdef-123456',
      errors: [{ path: 'query.limit', message: 'is too big' }],
    })
  })

  test('an unexpected error is a 500 without internals, and is logged under the request id it answers with', async () => {
    const { url } = await serve(listen(app, local))
    const response = await fetch(`${url}/broken`)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('table x')
    expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({
      request_id: JSON.parse(text).request_id,
      err: { message: 'table x does not exist' },
    })
  })

  test('an unreadable body and an unknown address are told as the fault of the request', async () => {
    const { url } = await serve(listen(app, local))
    const bad = await fetch(`${url}/json`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })
    expect(await bad.json()).toMatchObject({ status: 400, code: 'unreadable_request' })
    expect(await (await fetch(`${url}/nothing`)).json()).toMatchObject({ status: 404, code: 'no_such_route' })
  })

  test.each(['short', 'has space', 'x'.repeat(129)])('a request id of %j is replaced by a new one', async given => {
    const { url } = await serve(listen(app, local))
    const response = await fetch(`${url}/id`, { headers: { 'x-request-id': given } })
    const id = await response.text()
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('x-request-id')).toBe(id)
  })
})

describe('the HTTP server', () => {
  test('closing lets the request in hand finish and takes no new one', async () => {
    let begun: () => void = () => {}
    let finish: () => void = () => {}
    const inHand = new Promise<void>(resolve => {
      begun = resolve
    })
    const { url, listener } = await serve(
      listen((_request, response) => {
        finish = () => response.end('whole')
        begun()
      }, local),
    )
    const answer = fetch(url).then(response => response.text())
    await inHand
    const closed = listener.close()
    await expect(fetch(url)).rejects.toThrow()
    finish()
    expect(await answer).toBe('whole')
    await closed
  })

  test('a port that is taken is an error, not a hang', async () => {
    const { listener } = await serve(listen((_request, response) => response.end(), local))
    await expect(listen(() => {}, { ...local, port: listener.port })).rejects.toThrow('EADDRINUSE')
  })
})

test('a connection on which nothing was asked does not hold up the end', async () => {
  const server = await listen((_request, response) => void response.end(), local)
  const accepted = once(server.server, 'connection')
  const socket = connect({ port: server.port, host: '127.0.0.1' })
  await Promise.all([once(socket, 'connect'), accepted])
  const cut = once(socket, 'close')
  // Would otherwise wait for the time-out of headers that never come.
  await server.close()
  await cut
})
