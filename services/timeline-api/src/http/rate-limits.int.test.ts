import { afterEach, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'

type Problem = { code: string; detail: string }

const open: TestApi[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(api => api.close()))
})

async function withLimits(limits: { user?: number; organization?: number; address?: number; proxies?: string }): Promise<TestApi> {
  const api = await startApi({
    RATE_LIMIT_USER_PER_MINUTE: String(limits.user ?? 1_000),
    RATE_LIMIT_ORGANIZATION_PER_MINUTE: String(limits.organization ?? 1_000),
    RATE_LIMIT_ADDRESS_PER_MINUTE: String(limits.address ?? 1_000),
    TRUST_PROXY: limits.proxies ?? '',
  })
  open.push(api)
  return api
}

/** The statuses of so many requests, one after the other. */
async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = []
  for (let n = 0; n < count; n++) seen.push((await ask()).status)
  return seen
}

describe('whoever signed in', () => {
  test('is told both limits and what is left of them, and may be told so by a browser', async () => {
    const api = await withLimits({ user: 5, organization: 9 })
    const response = await api.call('/v1/me', {}, { headers: { origin: 'http://app.test.example' } })
    expect(response.headers.get('ratelimit-policy')).toMatch(/^"user"; q=5; w=60; pk=:[^:]+:, "organization"; q=9; w=60; pk=:[^:]+:$/)
    expect(response.headers.get('ratelimit')).toMatch(/^"user"; r=4; t=\d+, "organization"; r=8; t=\d+$/)
    const exposed = (response.headers.get('access-control-expose-headers') ?? '').split(',')
    expect(exposed).toEqual(expect.arrayContaining(['ratelimit', 'ratelimit-policy', 'retry-after']))
    expect(response.headers.get('x-ratelimit-limit')).toBeNull()
  })

  test('gets 429 over the limit, with what to do and when, while a colleague goes on', async () => {
    const api = await withLimits({ user: 3 })
    expect(await statuses(5, () => api.call('/v1/me'))).toEqual([200, 200, 200, 429, 429])
    const response = await api.call('/v1/timeline')
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await json<Problem>(response)).toMatchObject({ code: 'rate_limited', detail: expect.stringContaining('more than 3 requests') })
    expect(await statuses(2, () => api.call('/v1/me', { sub: 'grace' }))).toEqual([200, 200])
  })

  test('is counted once for all tokens, and a machine by its own name', async () => {
    const api = await withLimits({ user: 2 })
    let jti = 0
    expect(await statuses(3, () => api.call('/v1/me', { jti: `${++jti}` }))).toEqual([200, 200, 429])
    const machine = { sub: 'reporting', client_id: 'reporting', email: undefined }
    expect(await statuses(3, () => api.call('/v1/me', machine))).toEqual([200, 200, 429])
  })

  test('uses up the limit of the own organisation and of no other', async () => {
    const api = await withLimits({ organization: 3 })
    let person = 0
    expect(await statuses(5, () => api.call('/v1/me', { sub: `person${++person}` }))).toEqual([200, 200, 200, 429, 429])
    expect(await statuses(1, () => api.call('/v1/me', { org: 'globex' }))).toEqual([200])
  })

  test('over the own limit takes nothing from the colleagues', async () => {
    const api = await withLimits({ user: 2, organization: 4 })
    await statuses(10, () => api.call('/v1/me'))
    expect(await statuses(3, () => api.call('/v1/me', { sub: 'grace' }))).toEqual([200, 200, 429])
  })

  test('is counted by a stream when it opens, and by a request that is refused for lack of a role', async () => {
    const api = await withLimits({ user: 2 })
    const abort = new AbortController()
    const stream = await api.call('/v1/timeline/stream', {}, { signal: abort.signal })
    expect([stream.status, stream.headers.get('ratelimit')]).toEqual([200, expect.stringContaining('"user"; r=1')])
    expect(await statuses(2, () => api.call('/v1/audit'))).toEqual([403, 429])
    abort.abort()
  })

  test('is never held to the limit of an address that others use up', async () => {
    const api = await withLimits({ address: 2 })
    expect(await statuses(3, () => fetch(`${api.url}/v1/me`))).toEqual([401, 401, 429])
    expect(await statuses(5, () => api.call('/v1/me'))).toEqual([200, 200, 200, 200, 200])
  })
})

describe('an address without a valid token', () => {
  test('gets 429 over its limit, whatever it sends', async () => {
    const api = await withLimits({ address: 3 })
    const stranger = `Bearer ${await api.issuer.token({}, { stranger: true })}`
    expect(await statuses(1, () => fetch(`${api.url}/v1/me`))).toEqual([401])
    expect(await statuses(2, () => fetch(`${api.url}/v1/timeline`, { headers: { authorization: stranger } }))).toEqual([401, 401])
    const response = await api.call('/v1/me', { org: undefined })
    expect([response.status, (await json<Problem>(response)).code]).toEqual([429, 'rate_limited'])
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('can still come back from Attio, which is counted on its own', async () => {
    const api = await withLimits({ address: 2 })
    const callback = () => fetch(`${api.url}/v1/integrations/attio/callback?state=x`, { redirect: 'manual' })
    await statuses(3, () => fetch(`${api.url}/v1/me`))
    expect(await statuses(3, callback)).toEqual([303, 303, 429])
  })

  test('cannot choose what it is counted as, unless a proxy is trusted to say', async () => {
    const from = (api: TestApi, address: string) => fetch(`${api.url}/v1/me`, { headers: { 'x-forwarded-for': address } })
    const direct = await withLimits({ address: 2 })
    let n = 0
    expect(await statuses(3, () => from(direct, `192.0.2.${++n}`))).toEqual([401, 401, 429])

    const behindOne = await withLimits({ address: 2, proxies: '1' })
    expect(await statuses(3, () => from(behindOne, `192.0.2.${++n}`))).toEqual([401, 401, 401])
    // What stands before the trusted proxy's own entry is the caller's invention.
    expect(await statuses(3, () => from(behindOne, `192.0.2.${++n}, 198.51.100.7`))).toEqual([401, 401, 429])
  })

  test('of IPv6 is counted by its network', async () => {
    const api = await withLimits({ address: 2, proxies: 'loopback' })
    let n = 0
    const ask = () => fetch(`${api.url}/v1/me`, { headers: { 'x-forwarded-for': `2001:db8:1:2::${++n}` } })
    expect(await statuses(3, ask)).toEqual([401, 401, 429])
  })

  test('is not blamed for an identity provider that does not answer', async () => {
    const api = await withLimits({ address: 1 })
    api.issuer.reachable = false
    expect(await statuses(3, () => api.call('/v1/me'))).toEqual([503, 503, 503])
  })
})
