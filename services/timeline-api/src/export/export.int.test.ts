import { once } from 'node:events'
import { request } from 'node:http'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Tenant } from '@worksights/database'
import { listen } from '@worksights/runtime'
import express from 'express'
import { createSlots } from '../http/slots.ts'
import { json, startApi, type TestApi, until } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { exportsAtOnce, exportTexts, sendExport, sendTexts } from './send.ts'

type Problem = { code: string; detail: string; errors?: { path: string }[] }
type Page = { data: { id: string }[] }
type Ticket = { download_url: string; expires_at: string }

let api: TestApi
let northwind: Fixture
let crowd: Fixture

beforeAll(async () => {
  api = await startApi()
  const { database } = api
  northwind = await insertConnection(database, 'northwind')
  await insertMember(database, northwind, { id: 'ada', name: 'Ada' })
  await insertMember(database, northwind, { id: 'mary', user: false })
  const titles = ['=1+1', '+1', '-1', '@sum', '\tx', '\rx', 'a "quoted", b', 'two\nlines', 'Zoë > 名前', '＝1+1']
  for (const [n, title] of titles.entries()) {
    await insertLine(database.pool, northwind, { memberId: 'ada', title, occurredAt: `2026-11-24T09:00:${50 - n}.000Z` })
  }
  await insertLine(database.pool, northwind, { memberId: 'ada', title: 'A task', category: 'task', occurredAt: '2026-11-24T08:00:00.000Z' })
  await insertLine(database.pool, northwind, { memberId: 'mary', title: 'Hidden: nobody maps to her' })
  const foreign = await insertConnection(database, 'globex')
  await insertMember(database, foreign, { id: 'hedy' })
  await insertLine(database.pool, foreign, { memberId: 'hedy', title: 'Foreign' })
  // Many lines, copied in one statement; the ids say nothing of the order.
  crowd = await insertConnection(database, 'crowd')
  await insertMember(database, crowd, { id: 'one' })
  const id = await insertLine(database.pool, crowd, { memberId: 'one', detail: 'x'.repeat(500) })
  await database.pool.query(
    `insert into activity select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'occurred_at',
       a.occurred_at - make_interval(secs => n / 7)))).* from activity a, generate_series(1, 9999) n where a.id = $1`,
    [id],
  )
  await database.pool.query('analyze')
}, 60_000)
afterAll(() => api.close())

async function ticketFor(body: unknown, claims: Record<string, unknown> = {}): Promise<Response> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return await api.call('/v1/timeline/export-tickets', claims, init)
}

/** The records of a CSV by RFC 4180, written without regard to how it was made. */
function readCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let rest = text
  while (rest !== '') {
    const [cell = '', raw = '', end = ''] = /^("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r\n|$)/.exec(rest) ?? []
    if (cell === '' && end === '') throw new Error(`This is no CSV: ${rest.slice(0, 80)}`)
    record.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end !== ',') {
      records.push(record)
      record = []
    }
    rest = rest.slice(cell.length)
  }
  return records
}

describe('an export as NDJSON', () => {
  test('holds what the pages of the list hold, each line as it stands there, in their order', async () => {
    const list = await json<Page>(await api.call('/v1/timeline?limit=200'))
    const response = await api.call('/v1/timeline/export?format=ndjson')
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="worksights-timeline-\d{4}-\d\d-\d\d\.ndjson"$/)
    expect(text.endsWith('\n')).toBe(true)
    expect(
      text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual(list.data)
    expect(list.data).toHaveLength(11)
  })

  test('goes over many pages, also where lines share an instant, without a repeat or a gap', async () => {
    const text = await (await api.call('/v1/timeline/export?format=ndjson', { org: 'crowd' })).text()
    const ids = text
      .trimEnd()
      .split('\n')
      .map(line => (JSON.parse(line) as { id: string }).id)
    expect([ids.length, new Set(ids).size]).toEqual([10_000, 10_000])
  })

  test('obeys the filters of the list', async () => {
    const text = await (await api.call('/v1/timeline/export?format=ndjson&category=task')).text()
    expect(
      text
        .trimEnd()
        .split('\n')
        .map(line => (JSON.parse(line) as { title: string }).title),
    ).toEqual(['A task'])
  })

  test('of nothing is an empty file', async () => {
    const response = await api.call('/v1/timeline/export?format=ndjson&q=nothing-like-it')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })
})

describe('an export as CSV', () => {
  test('is UTF-8 with a byte order mark, RFC 4180 with CRLF, and gives every cell as it is, save that no cell begins like a formula', async () => {
    const response = await api.call('/v1/timeline/export?format=csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
    const [header = [], ...rows] = readCsv(bytes.subarray(3).toString('utf8'))
    const at = header.indexOf('title')
    const expected = ["'=1+1", "'+1", "'-1", "'@sum", "'\tx", "'\rx", 'a "quoted", b', 'two\nlines', 'Zoë > 名前', "'＝1+1", 'A task']
    expect(rows.map(row => row[at])).toEqual(expected)
    expect(rows.every(row => row.length === header.length)).toBe(true)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
  })

  test('has one header and one mark, however many pages it is made of', async () => {
    const text = await (await api.call('/v1/timeline/export?format=csv', { org: 'crowd' })).text()
    expect(text.split('occurred_at,').length).toBe(2)
    expect(text.includes('\ufeff')).toBe(false)
    expect(readCsv(text)).toHaveLength(10_001)
  })

  test('of nothing is the header', async () => {
    const text = await (await api.call('/v1/timeline/export?format=csv&q=nothing-like-it')).text()
    expect(readCsv(text).map(([first]) => first)).toEqual(['occurred_at'])
  })
})

describe('a reader', () => {
  /** Counts the pages that are read, and fails at one where wanted. */
  function watched(failAt = Number.POSITIVE_INFINITY): { tenant: Tenant; pages: () => number } {
    const real = api.tenantOf(crowd.organizationId)
    let pages = 0
    const tenant: Tenant = {
      ...real,
      async read(work) {
        pages += 1
        if (pages >= failAt) throw new Error('The database is gone.')
        return await real.read(work)
      },
    }
    return { tenant, pages: () => pages }
  }
  const query = { format: 'ndjson', filters: {} } as const

  test('that takes nothing is read ahead for by one page and no more; then gets the rest', async () => {
    const { tenant, pages } = watched()
    let held: (() => void) | undefined
    let size = 0
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        size += chunk.length
        if (size === chunk.length) held = done
        else done()
      },
    })
    const sending = sendTexts(
      exportTexts(tenant, query, async () => {}),
      slow,
    )
    await until(() => held)
    // A page more would have been asked for by the time a statement of another connection is answered.
    for (let n = 0; n < 20; n += 1) await api.tenantOf(crowd.organizationId).transaction(scope => scope.query('select 1'))
    expect(pages()).toBe(1)
    held?.()
    await sending
    expect(pages()).toBe(21)
  })

  test('that leaves ends the reading', async () => {
    const { tenant, pages } = watched()
    const leaving = new Writable({ write: () => leaving.destroy() })
    await sendTexts(
      exportTexts(tenant, query, async () => {}),
      leaving,
    )
    expect(pages()).toBeLessThanOrEqual(2)
  })

  test('never takes half a file for a whole one: a fault on the way breaks the stream off', async () => {
    const { tenant } = watched(3)
    const ended: string[] = []
    const reader = new Writable({ write: (_chunk, _encoding, done) => done(), final: done => done(void ended.push('whole')) })
    reader.on('error', () => ended.push('broken'))
    const texts = exportTexts(tenant, query, async () => {})
    await expect(sendTexts(texts, reader)).rejects.toThrow('The database is gone.')
    expect(ended).toEqual(['broken'])
  })

  test('that takes nothing for too long is cut off, and its slot is free again', async () => {
    const slots = createSlots(exportsAtOnce)
    const { tenant, pages } = watched()
    let over = false
    const app = express().get('/', async (_request, response) => {
      const given = { tenant, query, response, slots, holder: 'slow', now: new Date(), begun: async () => {}, stalledMs: 100 }
      await sendExport(given)
      over = true
    })
    const server = await listen(app, { port: 0, host: '127.0.0.1' })
    const asked = request(`http://127.0.0.1:${server.port}/`, { agent: false }).on('error', () => undefined)
    asked.end()
    await once(asked, 'response')
    await until(() => over)
    expect(pages()).toBeLessThan(21)
    expect([1, 2, 3].map(() => slots.take(`${crowd.organizationId}/slow`) !== null)).toEqual([true, true, false])
    asked.destroy()
    await server.close()
  })

  test('has two exports at once and no third; one that is over, also by leaving, makes room', async () => {
    const authorization = `Bearer ${await api.issuer.token({ org: 'crowd' })}`
    const open = async () => {
      const asked = request(`${api.url}/v1/timeline/export?format=ndjson`, { headers: { authorization }, agent: false })
      asked.on('error', () => undefined)
      asked.end()
      const [response] = await once(asked, 'response')
      return { asked, response: response as import('node:http').IncomingMessage }
    }
    // Nothing is read of either, so both go on as long as they are open: together 20,000 lines are more than sockets hold.
    const [one, two] = [await open(), await open()]
    const third = await api.call('/v1/timeline/export?format=csv', { org: 'crowd' })
    expect([third.status, (await json<Problem>(third)).code, third.headers.get('retry-after')]).toEqual([429, 'too_many_exports', '30'])
    // A colleague is not held up.
    const colleague = { org: 'crowd', sub: 'bob', email: 'bob@crowd.example' }
    expect((await api.call('/v1/timeline/export?format=csv&q=none', colleague)).status).toBe(200)
    one.asked.destroy()
    await until(async () => (await api.call('/v1/timeline/export?format=csv&q=none', { org: 'crowd' })).status === 200)
    two.asked.destroy()
  })

  test('by HEAD is told to use GET', async () => {
    const response = await api.call('/v1/timeline/export?format=csv', {}, { method: 'HEAD' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })
})

describe('a ticket', () => {
  test('downloads once and without a token exactly what it was given for', async () => {
    const response = await ticketFor({ format: 'ndjson', category: 'task' })
    const { download_url, expires_at } = await json<Ticket>(response)
    expect(new Date(expires_at).getTime() - Date.now()).toBeLessThanOrEqual(61_000)
    expect((await fetch(download_url, { method: 'HEAD' })).status).toBe(405)
    const download = await fetch(download_url)
    expect(download.status).toBe(200)
    expect(JSON.parse(await download.text())).toMatchObject({ title: 'A task' })
    const again = await fetch(download_url)
    expect([again.status, (await json<Problem>(again)).code]).toEqual([410, 'ticket_spent'])
    expect((await fetch(`${download_url}?category=default`)).status).toBe(400)
  })

  test('is spent by one of many who come at once', async () => {
    const { download_url } = await json<Ticket>(await ticketFor({ format: 'csv' }))
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(download_url)))
    expect(answers.map(answer => answer.status).sort()).toEqual([200, ...Array(7).fill(410)])
  })

  test('is good for a minute', async () => {
    const { download_url } = await json<Ticket>(await ticketFor({ format: 'csv' }))
    await api.database.pool.query(`update export_ticket set expires_at = now() where used_at is null`)
    const late = await fetch(download_url)
    expect([late.status, (await json<Problem>(late)).detail]).toEqual([410, expect.stringContaining('older than a minute')])
  })

  test('that is spent is said in words to a person’s browser, and to a program as a problem', async () => {
    const { download_url } = await json<Ticket>(await ticketFor({ format: 'csv', q: 'none' }))
    await (await fetch(download_url)).text()
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'x-request-id': 'abcdef-12' }
    const response = await fetch(download_url, { headers: browser })
    expect(response.status).toBe(410)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('vary')).toMatch(/accept/i)
    const page = await response.text()
    expect(page).toContain('<h1>This download link is spent</h1>')
    expect(page).toContain('works once. Go back to the timeline and export again.')
    expect(page).toContain('<code>abcdef-12</code>')
    for (const accept of ['*/*', 'application/json', 'application/problem+json, text/html', 'text/csv']) {
      const answer = await fetch(download_url, { headers: { accept } })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([410, expect.stringContaining('application/problem+json')])
    }
  })

  test('in a page says nothing as markup that the request brought', async () => {
    const response = await fetch(`${api.url}/v1/timeline/export/x?${encodeURIComponent('<img src=x>')}=1`, {
      headers: { accept: 'text/html' },
    })
    expect([response.status, response.headers.get('content-type')]).toEqual([400, expect.stringContaining('text/html')])
    expect(await response.text()).not.toContain('<img')
  })

  test('shows its organisation’s lines and nobody else’s', async () => {
    const { download_url } = await json<Ticket>(await ticketFor({ format: 'ndjson' }, { org: 'globex' }))
    const text = await (await fetch(download_url)).text()
    expect(JSON.parse(text)).toMatchObject({ title: 'Foreign' })
  })

  test('that nobody gave opens nothing', async () => {
    const response = await fetch(`${api.url}/v1/timeline/export/${'A'.repeat(43)}`)
    expect([response.status, (await json<Problem>(response)).code]).toEqual([404, 'not_found'])
  })

  test('is refused for a query that the export would refuse', async () => {
    const response = await ticketFor({ format: 'csv', from: '2026-11-24' })
    expect([response.status, (await json<Problem>(response)).errors]).toEqual([400, [expect.objectContaining({ path: 'body.from' })]])
  })

  test('is nowhere to be read: not in the database, not in the log', async () => {
    const { download_url } = await json<Ticket>(await ticketFor({ format: 'csv', q: 'none' }))
    await (await fetch(download_url)).text()
    const ticket = download_url.split('/').at(-1) ?? ''
    const { rows } = await api.database.pool.query('select t::text as text from export_ticket t')
    expect(rows.length).toBeGreaterThan(0)
    await until(() => api.logs.some(line => line.includes('/v1/timeline/export/{ticket}')))
    expect(`${rows.map(row => row.text).join('')}${api.logs.join('')}`).not.toContain(ticket)
  })
})

test('who exported what is in the audit trail, by token and by ticket', async () => {
  await (await api.call('/v1/timeline/export?format=csv&q=audited')).text()
  const { download_url } = await json<Ticket>(await ticketFor({ format: 'ndjson', q: 'audited' }))
  await (await fetch(download_url)).text()
  const { rows } = await api.database.pool.query(
    `select actor_name as name, details from audit_entry where action = 'timeline.exported' and details->>'q' = 'audited' order by at`,
  )
  expect(rows).toEqual([
    { name: 'Ada Lovelace', details: { format: 'csv', q: 'audited' } },
    { name: 'Ada Lovelace', details: { format: 'ndjson', q: 'audited' } },
  ])
})
