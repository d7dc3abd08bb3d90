import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'

/*
 * What is well formed for JavaScript and not for Postgres: it is the caller's fault and to be answered as such, not as a fault of ours.
 */

type Problem = { code: string; errors?: { path: string }[] }

let api: TestApi
let user: string

const attio = '/v1/integrations/attio'
const uuid = '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10'
const nul = '\u0000'

beforeAll(async () => {
  api = await startApi()
  const registered = await send('POST', '/v1/users', { users: [{ email: 'grace@northwind.example' }] })
  user = (await json<{ data: { id: string }[] }>(registered)).data[0]?.id ?? ''
})
afterAll(() => api.close())

function send(method: string, path: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return api.call(path, { role: 'admin' }, { method, ...init })
}

/** The places a refused request names, or what was answered instead. */
async function refused(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const { code, errors } = await json<Problem>(response)
  return code === 'invalid_request' ? errors?.map(({ path }) => path) : [response.status, code]
}

/** A cursor as this API writes those that carry no digest. */
const cursor = (...payload: unknown[]) => Buffer.from(JSON.stringify(payload)).toString('base64url')

test.each([
  ['half a character', '\ud800'],
  ['a NUL', `a${nul}`],
])('text that holds %s is refused wherever it would be kept', async (_what, text) => {
  expect(await refused(send('PATCH', `/v1/users/${user}`, { name: text }))).toEqual(['body.name'])
  expect(await refused(send('POST', '/v1/users', { users: [{ email: 'mary@northwind.example', name: text }] }))).toEqual([
    'body.users.0.name',
  ])
  expect(await refused(send('POST', '/v1/timeline/export-tickets', { format: 'csv', q: text, record: [text] }))).toEqual([
    'body.record.0',
    'body.q',
  ])
})

test('a ticket holds no more than an address could: tickets are kept, and anybody may ask for many', async () => {
  const record = Array.from({ length: 50 }, (_, n) => `${n}`.padStart(200, 'x'))
  expect(await refused(send('POST', '/v1/timeline/export-tickets', { format: 'csv', record }))).toEqual(['body'])
  expect((await send('POST', '/v1/timeline/export-tickets', { format: 'csv', record: record.slice(0, 30) })).status).toBe(200)
})

test.each(['+23:59', '-16:00'])('a time with the offset %s is refused by whatever reads lines', async offset => {
  const from = encodeURIComponent(`2026-01-01T00:00:00${offset}`)
  for (const path of ['/v1/timeline?', '/v1/timeline/summary?', '/v1/timeline/export?format=csv&']) {
    expect(await refused(send('GET', `${path}from=${from}`))).toEqual(['query.from'])
  }
})

test('every time zone that is taken is one Postgres knows by the same name', async () => {
  const legacy = ['ACT', 'AET', 'BST', 'IST', 'MIT', 'PNT', 'PST', 'VST', 'pnt', 'EST', 'CET', 'UTC', 'GMT', 'EST5EDT', 'Asia/Calcutta']
  const { rows } = await api.database.pool.query<{ name: string }>('select lower(name) as name from pg_timezone_names')
  const known = new Set(rows.map(({ name }) => name))
  const taken: string[] = []
  for (const zone of [...legacy, ...Intl.supportedValuesOf('timeZone')]) {
    const answer = await send('GET', `/v1/timeline?limit=1&from=2026-01-01&time_zone=${encodeURIComponent(zone)}`)
    if (answer.status === 200) taken.push(zone)
    else expect([zone, await refused(Promise.resolve(answer))]).toEqual([zone, ['query.time_zone']])
  }
  expect(taken).toEqual(expect.arrayContaining(['UTC', 'EST5EDT', 'Asia/Calcutta', 'Europe/Berlin']))
  expect(taken.filter(zone => !known.has(zone.toLowerCase()))).toEqual([])
}, 60_000)

test('a cursor that somebody made up is refused, or leads nowhere', async () => {
  for (const at of [-8_640_000_000_000_000, 8_640_000_000_000_000, Number.MAX_SAFE_INTEGER]) {
    expect(await refused(send('GET', `/v1/audit?cursor=${cursor(at, uuid)}`))).toEqual(['query.cursor'])
  }
  for (const made of [cursor(nul, uuid, 'a'), cursor('a', uuid, nul)]) {
    expect(await refused(send('GET', `${attio}/members?cursor=${made}`))).toEqual(['query.cursor'])
  }
  expect(await refused(send('GET', `/v1/users?cursor=${cursor(nul)}`))).toEqual(['query.cursor'])
})

test('a search for more words than anybody types is refused; a word said twice counts once', async () => {
  const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join('+')
  expect(await refused(send('GET', `/v1/timeline?q=${words(21)}`))).toEqual(['query.q'])
  expect((await send('GET', `/v1/timeline?q=${'e+'.repeat(90)}`)).status).toBe(200)
})
