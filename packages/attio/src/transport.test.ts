import { afterEach, describe, expect, test } from '@jest/globals'
import { type Answer, type Asked, answeringServer } from '../test/answering-server.ts'
import { type AttioClientOptions, createAttioClient } from './client.ts'
import type { ResponseInfo } from './transport.ts'

const token = 'tok-3f9a-very-secret'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map(close => close()))
})

async function client(answer: (request: Asked) => Answer | null, options: Partial<AttioClientOptions> = {}) {
  const server = await answeringServer(answer)
  closing.push(server.close)
  return { attio: createAttioClient({ apiUrl: server.url, token, ...options }), server }
}

async function errorOf(answer: Answer, call: 'getTask' | 'getNote' | 'getMember' = 'getMember') {
  const { attio } = await client(() => answer)
  const result = await attio[call]('649e34f4')
  if (result.ok) throw new Error('expected an error')
  return result.error
}

const attioBody = (status_code: number, code: string, message: string, type = 'invalid_request_error') => ({
  status: status_code,
  body: { status_code, type, code, message },
})
const html = '<!DOCTYPE html><html><title>Just a moment...</title></html>'

describe('an answer that is no success', () => {
  test('404 says that the thing does not exist, in the words of Attio', async () => {
    const message = 'Could not find Task with ID "649e34f4".'
    const headers = { 'x-attio-execution-id': 'e-1', 'x-accurate-at': '2026-05-16T01:34:06.061189000Z' }
    expect(await errorOf({ ...attioBody(404, 'not_found', message), headers }, 'getTask')).toEqual({
      ...{ kind: 'not_found', endpoint: 'GET /v2/tasks/{task_id}', status: 404, code: 'not_found', message },
      ...{ executionId: 'e-1', accurateAt: new Date('2026-05-16T01:34:06.061Z') },
    })
  })

  test('404 merge_in_progress is not a record that is gone', async () => {
    expect(await errorOf(attioBody(404, 'merge_in_progress', 'Merging.'))).toMatchObject({ kind: 'merge_in_progress' })
  })

  test('404 for an endpoint is not a record that is gone', async () => {
    const message = 'Could not find endpoint "GET /v2/objects/people/records".'
    expect(await errorOf(attioBody(404, 'not_found', message))).toMatchObject({ kind: 'unexpected_reply', status: 404 })
  })

  test.each([403, 404, 410])('%i from a page that is not of Attio says nothing about the record', async status => {
    expect(await errorOf({ status, body: html })).toMatchObject({ kind: 'unexpected_reply', status })
    expect(await errorOf({ status, body: '' })).toMatchObject({ kind: 'unexpected_reply', status })
  })

  test('403 names the scope that Attio names', async () => {
    const message = 'Missing scope: record_permission:read.'
    expect(await errorOf(attioBody(403, 'unauthorized', message, 'auth_error'), 'getNote')).toMatchObject({
      kind: 'forbidden',
      scope: 'record_permission:read',
      neededScopes: ['note:read', 'object_configuration:read', 'record_permission:read'],
    })
  })

  test('403 names the scope of an endpoint that needs but one, and none where there are several', async () => {
    const answer = attioBody(403, 'unauthorized', 'You do not have the necessary permissions.', 'auth_error')
    expect(await errorOf(answer, 'getMember')).toMatchObject({ kind: 'forbidden', scope: 'user_management:read' })
    expect(await errorOf(answer, 'getNote')).toMatchObject({ kind: 'forbidden', scope: null })
  })

  test('403 for an unpaid bill names no scope', async () => {
    expect(await errorOf(attioBody(403, 'billing_error', 'Upgrade.'))).toMatchObject({
      kind: 'forbidden',
      scope: null,
      code: 'billing_error',
    })
  })

  test.each(['', html, '{"error":"unauthorized"}'])('401 is unauthorized with any body: %s', async body => {
    expect(await errorOf({ status: 401, body })).toMatchObject({ kind: 'unauthorized', status: 401 })
  })

  test('429 says when to ask again, by date', async () => {
    const headers = { date: 'Tue, 23 May 2023 14:42:00 GMT', 'retry-after': 'Tue, 23 May 2023 14:42:31 GMT' }
    const before = Date.now()
    const error = await errorOf({ ...attioBody(429, 'rate_limit_exceeded', 'Rate limit exceeded', 'rate_limit_error'), headers })
    const after = Date.now()
    if (error.kind !== 'rate_limited') throw new Error(error.kind)
    expect(error.retryAt.getTime()).toBeGreaterThanOrEqual(before + 31_000)
    expect(error.retryAt.getTime()).toBeLessThanOrEqual(after + 31_000)
  })

  test('429 says when to ask again, by seconds and without any header', async () => {
    const before = Date.now()
    const [seconds, none] = [await errorOf({ status: 429, headers: { 'retry-after': '7' } }), await errorOf({ status: 429, body: html })]
    if (seconds.kind !== 'rate_limited' || none.kind !== 'rate_limited') throw new Error(`${seconds.kind}, ${none.kind}`)
    expect(seconds.retryAt.getTime()).toBeGreaterThanOrEqual(before + 7_000)
    expect(none.retryAt.getTime()).toBeGreaterThanOrEqual(before + 1_000)
  })

  test('400 carries the validation issues', async () => {
    const validation_errors = [{ code: 'invalid', path: ['data', 0, 'request_as'], message: 'Invalid input' }]
    const answer = { status_code: 400, type: 'invalid_request_error', code: 'validation_type', message: 'Body payload.', validation_errors }
    expect(await errorOf({ status: 400, body: answer })).toMatchObject({
      kind: 'invalid_request',
      code: 'validation_type',
      issues: [{ path: 'data.0.request_as', message: 'Invalid input' }],
    })
  })

  test('409 and 422 are invalid requests with their code', async () => {
    expect(await errorOf(attioBody(409, 'uniqueness_conflict', 'Exists.'))).toMatchObject({
      kind: 'invalid_request',
      code: 'uniqueness_conflict',
    })
    expect(await errorOf({ status: 422, body: html })).toMatchObject({ kind: 'invalid_request', status: 422, code: null, issues: [] })
  })

  test('statusCode in place of status_code reads the same', async () => {
    const body = { statusCode: 404, type: 'invalid_request_error', code: 'not_found', message: 'Gone.' }
    expect(await errorOf({ status: 404, body })).toMatchObject({ kind: 'not_found', code: 'not_found', message: 'Gone.' })
  })

  test.each([500, 502, 503, 504])('%i is unavailable, whatever its body', async status => {
    for (const body of ['', html, '{"code":7,"message":[]}', 'null'])
      expect(await errorOf({ status, body })).toMatchObject({ kind: 'unavailable', reason: 'server_error', status })
  })

  test('a redirect is not followed, so the token goes nowhere else', async () => {
    const elsewhere = await answeringServer(() => ({ body: { data: {} } }))
    closing.push(elsewhere.close)
    expect(await errorOf({ status: 302, headers: { location: elsewhere.url } })).toMatchObject({ kind: 'unexpected_reply', status: 302 })
    expect(elsewhere.asked).toEqual([])
  })
})

describe('a success that cannot be read', () => {
  test.each(['', html, '{"data":', '[]', 'null', '{"data":null}', '{"data":{"id":{}}}'])('is an unexpected reply: %s', async body => {
    expect(await errorOf({ body }, 'getTask')).toMatchObject({ kind: 'unexpected_reply', status: 200 })
  })

  test('names the fields and not their values', async () => {
    const error = await errorOf({ body: { data: { id: { workspace_id: 'w', task_id: { private: 'words' } } } } }, 'getTask')
    expect(error).toMatchObject({ problem: expect.stringMatching(/^data\.id\.task_id: /) })
    expect(JSON.stringify(error)).not.toContain('words')
  })
})

describe('no answer', () => {
  test('within the time is unavailable by time-out', async () => {
    const { attio } = await client(() => null, { timeoutMs: 20 })
    expect(await attio.listObjects()).toMatchObject({ ok: false, error: { kind: 'unavailable', reason: 'timeout', status: null } })
  })

  test('within the time of a single call, too', async () => {
    const { attio } = await client(() => null)
    expect(await attio.listObjects({ timeoutMs: 20 })).toMatchObject({ error: { kind: 'unavailable', reason: 'timeout' } })
  })

  test('because the caller gave up is told apart', async () => {
    const giveUp = new AbortController()
    const { attio } = await client(() => {
      giveUp.abort()
      return null
    })
    expect(await attio.listObjects({ signal: giveUp.signal })).toMatchObject({ error: { kind: 'unavailable', reason: 'aborted' } })
    expect(await attio.listObjects({ signal: giveUp.signal })).toMatchObject({ error: { kind: 'unavailable', reason: 'aborted' } })
  })

  test('because nobody listens is unavailable by network', async () => {
    const { attio, server } = await client(() => null)
    await server.close()
    expect(await attio.listObjects()).toMatchObject({ error: { kind: 'unavailable', reason: 'network' } })
  })

  test('because the connection broke in the middle of the body is unavailable by network', async () => {
    const { attio } = await client(() => ({ headers: { 'content-length': '100' }, body: '{"data":[', cutShort: true }))
    expect(await attio.listObjects()).toMatchObject({ error: { kind: 'unavailable', reason: 'network' } })
  })
})

describe('what gets out', () => {
  test('of a failing call never holds the token', async () => {
    const told: unknown[] = []
    const log = { debug: (...line: unknown[]) => told.push(line), warn: (...line: unknown[]) => told.push(line) }
    const options = { log, onResponse: (info: ResponseInfo) => told.push(info) }
    const echo = await client(() => attioBody(400, 'odd', `You sent Bearer ${token}`), options)
    const closed = await client(() => null, options)
    await closed.server.close()
    told.push(await echo.attio.listObjects(), await closed.attio.listObjects())
    expect(told).toHaveLength(6)
    expect(JSON.stringify(told)).not.toContain(token)
    expect(JSON.stringify(told)).toContain('You sent Bearer [redacted]')
  })

  test('as a log line is method and path without ids, status, duration and the execution id, and no body', async () => {
    const lines: [string, object][] = []
    const log = {
      debug: (fields: object) => lines.push(['debug', fields]),
      warn: (fields: object) => lines.push(['warn', fields]),
    }
    const headers = { 'x-attio-execution-id': 'e-7' }
    const { attio } = await client(
      ({ url }) =>
        url.endsWith('gone')
          ? { ...attioBody(404, 'not_found', 'private words'), headers }
          : { status: 500, body: 'private words', headers },
      { log },
    )
    await attio.getTask('gone')
    await attio.getTask('secret-id')
    const line = { endpoint: 'GET /v2/tasks/{task_id}', executionId: 'e-7', durationMs: expect.any(Number) }
    expect(lines).toEqual([
      ['debug', { ...line, status: 404, outcome: 'not_found' }],
      ['warn', { ...line, status: 500, outcome: 'unavailable', reason: 'server_error', code: null }],
    ])
  })

  test('as a request carries the token, the user agent and an escaped id', async () => {
    const { attio, server } = await client(() => ({ body: { data: [] } }), { userAgent: 'worksights/9' })
    await attio.queryRecords('a/b?c', { filter: { record_id: { $in: ['r'] } }, limit: 3 })
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'worksights/9', 'content-type': 'application/json' }
    expect(server.asked).toMatchObject([{ method: 'POST', url: '/v2/objects/a%2Fb%3Fc/records/query', headers }])
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ filter: { record_id: { $in: ['r'] } }, limit: 3 })
  })

  test.each(['', '.', '..'])('is nothing at all for an id that would mean another endpoint: %p', async id => {
    const { attio, server } = await client(() => ({ body: { data: {} } }))
    await expect(attio.getTask(id)).rejects.toThrow(TypeError)
    expect(server.asked).toEqual([])
  })

  test('waits for beforeRequest', async () => {
    const order: string[] = []
    const { attio } = await client(
      ({ url }) => {
        order.push(url)
        return { body: { data: [] } }
      },
      { beforeRequest: async ({ endpoint }) => void order.push(endpoint) },
    )
    await attio.listLists()
    expect(order).toEqual(['GET /v2/lists', '/v2/lists'])
  })
})

describe('a paged list', () => {
  const webhook = (n: number) => ({
    ...{ id: { workspace_id: 'w', webhook_id: `h${n}` }, target_url: 'https://x.example', status: 'active', subscriptions: [] },
    created_at: '2026-05-16T01:34:05.738000000Z',
  })
  const page = (url: string, total: number) => {
    const query = new URL(url, 'http://x').searchParams
    const offset = Number(query.get('offset'))
    const count = Math.max(0, Math.min(Number(query.get('limit')), total - offset))
    return { body: { data: Array.from({ length: count }, (_, n) => webhook(offset + n)) } }
  }

  test.each([
    [0, 1],
    [99, 1],
    [100, 2],
    [205, 3],
  ])('of %i things comes whole, in %i requests', async (total, requests) => {
    const { attio, server } = await client(({ url }) => page(url, total))
    const result = await attio.listWebhooks()
    expect(result.ok && result.data.map(({ id }) => id.webhook_id)).toEqual(Array.from({ length: total }, (_, n) => `h${n}`))
    expect(server.asked).toHaveLength(requests)
  })

  test('is as old as its oldest page', async () => {
    const times = ['2026-05-16T01:34:06.000000000Z', '2026-05-16T01:34:04.000000000Z']
    const { attio } = await client(({ url }) => ({ ...page(url, 150), headers: { 'x-accurate-at': times.shift() ?? '' } }))
    expect(await attio.listWebhooks()).toMatchObject({ ok: true, accurateAt: new Date('2026-05-16T01:34:04Z') })
  })

  test('whose second page fails is that failure, never half a list', async () => {
    const { attio } = await client(({ url }) => (url.includes('offset=100') ? { status: 503 } : page(url, 150)))
    expect(await attio.listWebhooks()).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
  })

  test('that never ends is an unexpected reply', async () => {
    const { attio } = await client(() => page('/?limit=100&offset=0', 100))
    expect(await attio.listWebhooks()).toMatchObject({ ok: false, error: { kind: 'unexpected_reply' } })
  })
})
