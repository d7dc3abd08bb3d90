import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createApiClient, ProblemError, type TimelineStreamEvent } from './index.ts'

/*
 * What the API itself does not do on purpose: proxies that answer in HTML, connections that say nothing, tokens that are refused. Against a server of a few
 * lines; with the real API the client is tested in services/timeline-api.
 */

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

let server: Server | undefined
const asked: { url: string; authorization: string; lastEventId: string }[] = []

/** Answers requests by turns; the last answer stays. */
async function serve(...answers: Answer[]): Promise<string> {
  server = createServer(async (request, response) => {
    const { authorization = '', 'last-event-id': lastEventId = '' } = request.headers
    asked.push({ url: request.url ?? '', authorization, lastEventId: String(lastEventId) })
    let body = ''
    for await (const chunk of request) body += chunk
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(request, response, body)
  })
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  asked.length = 0
  server?.closeAllConnections()
  await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
})

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body))
  }
const problem = (status: number, code: string, headers = {}) =>
  json(status, { type: 'x', title: code, status, detail: code, code, request_id: 'r' }, headers)
const stream =
  (text: string, end = true): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text)
    if (end) response.end()
  }
const removed = (id: string, place: string) => `event: removed\nid: ${place}\ndata: {"id":"${id}"}\n\n`

describe('a call', () => {
  test('carries a token, asks once more with a new one where the first is refused, and sends its body again', async () => {
    const bodies: string[] = []
    const echo: Answer = (_request, response, body) => {
      bodies.push(body)
      json(200, { data: [], mapped_members: 0 })(_request, response, body)
    }
    const refuse: Answer = (request, response, body) => {
      bodies.push(body)
      problem(401, 'unauthenticated')(request, response, body)
    }
    const baseUrl = await serve(refuse, echo)
    const api = createApiClient({ baseUrl, getToken: ({ refused }) => (refused ? 'new' : 'old') })
    const { data } = await api.POST('/v1/users', { body: { users: [{ email: 'ada@example.com' }] } })
    expect(data).toEqual({ data: [], mapped_members: 0 })
    expect(asked.map(request => request.authorization)).toEqual(['Bearer old', 'Bearer new'])
    expect(bodies).toEqual(Array(2).fill('{"users":[{"email":"ada@example.com"}]}'))
  })

  test('tells that nobody is signed in once, after the second refusal or where there is no token, and gives the problem', async () => {
    const baseUrl = await serve(problem(401, 'unauthenticated'))
    let told = 0
    const onSignedOut = () => {
      told += 1
    }
    const refused = await createApiClient({ baseUrl, getToken: () => 'old', onSignedOut }).GET('/v1/me')
    expect([refused.error?.code, told, asked.length]).toEqual(['unauthenticated', 1, 2])
    const nobody = await createApiClient({ baseUrl, getToken: () => null, onSignedOut }).GET('/v1/me')
    expect([nobody.error?.code, told, asked.length]).toEqual(['unauthenticated', 2, 2])
  })

  test.each<[string, Answer]>([
    ['in HTML', (_request, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')],
    ['with nothing', (_request, response) => response.writeHead(502, { 'content-length': '0' }).end()],
    ['in JSON of its own', json(502, { message: 'no healthy upstream' }, { 'content-type': 'application/json' })],
  ])('that a proxy answers %s is a problem like any other', async (_how, answer) => {
    const api = createApiClient({ baseUrl: await serve(answer), getToken: () => 'token' })
    const { data, error, response } = await api.GET('/v1/me')
    expect([data, error?.code, error?.status, response.status]).toEqual([undefined, 'unexpected_answer', 502, 502])
  })

  test('that a network answers with a page of its own, as if all were well, is a problem', async () => {
    const portal: Answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to this network</h1>')
    const { data, error } = await createApiClient({ baseUrl: await serve(portal), getToken: () => 'token' }).GET('/v1/me')
    expect([data, error?.code, error?.status]).toEqual([undefined, 'unexpected_answer', 502])
  })

  test('need not say what the API takes as given', async () => {
    let sent = ''
    const keep: Answer = (request, response, body) => {
      sent = body
      json(202, { id: 'r' })(request, response, body)
    }
    const api = createApiClient({ baseUrl: await serve(keep), getToken: () => 'token' })
    // Of a required `states` this would not compile.
    await api.POST('/v1/integrations/attio/connections/{id}/deliveries/replay', { params: { path: { id: 'c' } }, body: {} })
    expect(sent).toBe('{}')
  })

  test('that gets no answer throws', async () => {
    const api = createApiClient({ baseUrl: 'http://127.0.0.1:9', getToken: () => 'token' })
    await expect(api.GET('/v1/me')).rejects.toThrow()
  })
})

describe('pages', () => {
  test('are read one by one with the same filters until there are no more', async () => {
    const page = (next_cursor: string | null) => json(200, { data: [], next_cursor, stream_cursor: '1.0.0' })
    const api = createApiClient({ baseUrl: `${await serve(page('a'), page('b'), page(null))}/`, getToken: () => 'token' })
    let pages = 0
    for await (const { stream_cursor } of api.pages('/v1/timeline', { params: { query: { kind: ['task.created', 'task.updated'] } } })) {
      expect(stream_cursor).toBe('1.0.0')
      pages += 1
    }
    expect(pages).toBe(3)
    const filters = '/v1/timeline?kind=task.created&kind=task.updated'
    expect(asked.map(request => request.url)).toEqual([filters, `${filters}&cursor=a`, `${filters}&cursor=b`])
  })

  test('end with what went wrong', async () => {
    const api = createApiClient({ baseUrl: await serve(problem(400, 'invalid_request')), getToken: () => 'token' })
    await expect(api.pages('/v1/timeline').next()).rejects.toThrow(ProblemError)
  })
})

describe('the stream', () => {
  /** Follows until `count` events came; tells what it saw. */
  async function follow(baseUrl: string, count: number, options: { cursor?: string; silenceMs?: number } = {}) {
    const over = new AbortController()
    const events: TimelineStreamEvent[] = []
    const states: string[] = []
    const places: string[] = []
    let tokens = 0
    const api = createApiClient({ baseUrl, getToken: () => `token-${++tokens}` })
    await api.streamTimeline({
      ...{ ...options, signal: over.signal, pauseMs: 1, filters: { category: ['task'] } },
      onEvent(event) {
        events.push(event)
        if (events.length === count) over.abort()
      },
      onState: state => states.push(state),
      onPlace: place => places.push(place),
    })
    return { events, states, places }
  }

  test('goes on after each break from the last place it saw, with a new token; a place without an event counts', async () => {
    const baseUrl = await serve(
      stream(`retry: 1000\n\n${removed('a', '1.1.1')}`),
      stream(`: heartbeat\n\n${removed('b', '1.2.1')}id: 2.0.5\n\n`),
      stream(removed('c', '2.1.9'), false),
    )
    const { events, states, places } = await follow(baseUrl, 3, { cursor: '1.0.1' })
    expect(events).toEqual(['a', 'b', 'c'].map(id => ({ type: 'removed', id })))
    const from = (cursor: string) => `/v1/timeline/stream?category=task&cursor=${cursor}`
    expect(asked.map(request => request.url)).toEqual([from('1.0.1'), from('1.1.1'), from('2.0.5')])
    expect(asked.map(request => request.authorization)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3'])
    expect(states).toEqual(['live', 'waiting', 'live', 'waiting', 'live'])
    expect(places).toEqual(['1.1.1', '1.2.1', '2.0.5', '2.1.9'])
  })

  test('tells of a reset and goes on, and leaves out what it does not know', async () => {
    const baseUrl = await serve(stream(`event: news\ndata: {}\n\nevent: reset\nid: 3.0.0\ndata: {}\n\n${removed('a', '3.1.0')}`, false))
    expect((await follow(baseUrl, 2)).events).toEqual([{ type: 'reset' }, { type: 'removed', id: 'a' }])
  })

  test('gives up a connection that says nothing, and one that never answers', async () => {
    const silent: Answer = () => undefined
    const baseUrl = await serve(silent, stream(removed('a', '1.1.1'), false), stream(removed('b', '1.2.1'), false))
    expect((await follow(baseUrl, 2, { silenceMs: 200 })).events).toHaveLength(2)
  })

  test('goes on through what passes by itself', async () => {
    const baseUrl = await serve(
      problem(503, 'draining', { 'retry-after': '0' }),
      problem(429, 'rate_limited'),
      stream(removed('a', '1.1.1'), false),
    )
    expect((await follow(baseUrl, 1)).events).toHaveLength(1)
  })

  test('ends with what trying again does not cure', async () => {
    const baseUrl = await serve(problem(400, 'invalid_request'))
    await expect(follow(baseUrl, 1)).rejects.toMatchObject({ problem: { code: 'invalid_request' } })
  })

  test('ends with what the taker of events throws, and has not passed that event', async () => {
    const places: string[] = []
    const baseUrl = await serve(stream(`${removed('a', '1.1.1')}${removed('b', '1.2.1')}`, false))
    const following = createApiClient({ baseUrl, getToken: () => 'token' }).streamTimeline({
      signal: new AbortController().signal,
      onPlace: place => places.push(place),
      onEvent(event) {
        if (event.type === 'removed' && event.id === 'b') throw new Error('The page is broken.')
      },
    })
    await expect(following).rejects.toThrow('The page is broken.')
    expect(places).toEqual(['1.1.1'])
  })
})

describe('a run', () => {
  const run = (state: string) => json(200, { id: 'r', state })
  const told = (...states: string[]) => states.map(state => `event: run\ndata: {"id":"r","state":"${state}"}\n\n`).join('')
  const unstreamed = problem(429, 'too_many_streams')
  const paths = () => asked.map(({ url }) => url.replace('/v1/runs/r', ''))
  async function follow(baseUrl: string, options: { silenceMs?: number } = {}) {
    const seen: string[] = []
    const api = createApiClient({ baseUrl, getToken: () => 'token' })
    const last = await api.followRun('r', { ...options, everyMs: 1, onRun: ({ state }) => seen.push(state) })
    return { last: last.state, seen }
  }

  test('is told as it goes on, by one stream to its end', async () => {
    const baseUrl = await serve(stream(`: heartbeat\n\n${told('waiting', 'running', 'done')}`, false))
    expect(await follow(baseUrl)).toEqual({ last: 'done', seen: ['waiting', 'running', 'done'] })
    expect(paths()).toEqual(['/stream'])
  })

  test('whose stream breaks is read at once and streamed again', async () => {
    const baseUrl = await serve(stream(told('waiting')), run('running'), stream(told('running', 'failed')))
    expect(await follow(baseUrl)).toEqual({ last: 'failed', seen: ['waiting', 'running', 'running', 'failed'] })
    expect(paths()).toEqual(['/stream', '', '/stream'])
  })

  test('that cannot be streamed is read until it is over, through what passes by itself', async () => {
    const baseUrl = await serve(unstreamed, run('waiting'), problem(503, 'temporarily_unavailable'), run('running'), run('failed'))
    expect(await follow(baseUrl)).toEqual({ last: 'failed', seen: ['waiting', 'running', 'failed'] })
    expect(paths()).toEqual(['/stream', '', '', '', ''])
  })

  test('whose stream something on the way holds back is read instead', async () => {
    const baseUrl = await serve(stream('', false), run('running'), run('done'))
    expect(await follow(baseUrl, { silenceMs: 100 })).toEqual({ last: 'done', seen: ['running', 'done'] })
    expect(paths()).toEqual(['/stream', '', ''])
  })

  test('that is not there is said', async () => {
    const api = createApiClient({ baseUrl: await serve(problem(404, 'not_found')), getToken: () => 'token' })
    await expect(api.followRun('r')).rejects.toMatchObject({ problem: { code: 'not_found' } })
  })

  test.each([
    ['streamed', [stream(told('running'), false)]],
    ['read', [unstreamed, run('running')]],
  ])('is left by whoever loses interest while it is %s', async (_how, answers) => {
    const leaving = new AbortController()
    const api = createApiClient({ baseUrl: await serve(...answers), getToken: () => 'token' })
    const following = api.followRun('r', { everyMs: 60_000, signal: leaving.signal, onRun: () => leaving.abort(new Error('enough')) })
    await expect(following).rejects.toThrow('enough')
  })

  test('ends with what the one who is told throws', async () => {
    const api = createApiClient({ baseUrl: await serve(stream(told('running'), false)), getToken: () => 'token' })
    const onRun = () => {
      throw new Error('The page is broken.')
    }
    await expect(api.followRun('r', { onRun })).rejects.toThrow('The page is broken.')
  })
})
