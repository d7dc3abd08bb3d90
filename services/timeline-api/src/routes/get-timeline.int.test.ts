import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Scope, selectLines } from '@worksights/database'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'

type Page = {
  data: { id: string; actor: { user: { id: string } }; subject: { name: string; name_now: string | null } }[]
  next_cursor: string | null
}

let api: TestApi
let northwind: Fixture
let second: Fixture
let globex: Fixture
let ada: string
let grace: string
/** Ids by what the line is about. */
const lines: Record<string, string> = {}

async function ask(query: Record<string, string | string[]>, org = 'northwind'): Promise<{ status: number; page: Page; text: string }> {
  const parameters = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]))
  const response = await api.call(`/v1/timeline?${new URLSearchParams(parameters)}`, { org })
  const text = await response.text()
  return { status: response.status, page: JSON.parse(text) as Page, text }
}

/** The names (keys of `lines`) of what a query finds, in order. */
async function find(query: Record<string, string | string[]>, org?: string): Promise<string[]> {
  const { page } = await ask(query, org)
  return page.data.map(({ id }) => Object.keys(lines).find(name => lines[name] === id) ?? id)
}

beforeAll(async () => {
  api = await startApi()
  const { database } = api
  northwind = await insertConnection(database, 'northwind')
  second = await insertConnection(database, 'northwind', 'Second workspace')
  globex = await insertConnection(database, 'globex')
  ada = (await insertMember(database, northwind, { id: 'ada', name: 'Ada' })).userId ?? ''
  grace = (await insertMember(database, northwind, { id: 'grace', name: 'Grace' })).userId ?? ''
  await insertMember(database, northwind, { id: 'mary', user: false })
  await insertMember(database, northwind, { id: 'kay', mapping: 'excluded' })
  await insertMember(database, second, { id: 'edsger' })
  await insertMember(database, globex, { id: 'hedy' })
  const at = (time: string) => `2026-11-24T${time}.000Z`
  const add = async (name: string, to: Fixture, line: Parameters<typeof insertLine>[2]) => {
    lines[name] = await insertLine(database.pool, to, line)
  }
  await add('company', northwind, { memberId: 'ada', subjectId: 'acme', occurredAt: at('09:00:00'), title: 'Acme Corp > Created' })
  await add('deal', northwind, {
    ...{ memberId: 'grace', kind: 'record.updated', feature: 'deals', subjectId: 'deal-1', recordIds: ['deal-1', 'acme'] },
    ...{ occurredAt: at('10:00:00'), title: 'Acme expansion > Updated', detail: 'Updated 100%_of Stage' },
  })
  await add('task', northwind, {
    ...{
      memberId: 'ada',
      kind: 'task.created',
      category: 'task',
      feature: 'tasks',
      subjectType: 'task',
      subjectId: 'task-1',
      recordIds: [],
    },
    ...{ occurredAt: at('11:00:00'), title: 'Renewal > Task created' },
  })
  await add('call', northwind, {
    ...{ memberId: 'ada', kind: 'call-recording.created', category: 'meeting', feature: 'calls', subjectType: 'meeting' },
    ...{ subjectId: 'meeting-1', recordIds: ['old-acme'], participantIds: ['grace', 'kay'] },
    ...{ occurredAt: at('23:30:00'), title: 'Acme Inc > Q2 sync > Call recorded' },
  })
  await add('elsewhere', second, { memberId: 'edsger', occurredAt: at('08:00:00'), title: 'Umbrella Health > Created' })
  await insertLine(database.pool, northwind, { memberId: 'mary', title: 'Hidden: not mapped' })
  await insertLine(database.pool, northwind, { memberId: 'kay', title: 'Hidden: excluded' })
  await insertLine(database.pool, northwind, { memberId: 'nobody', title: 'Hidden: no member' })
  await add('foreign', globex, { memberId: 'hedy', subjectId: 'acme', title: 'Acme Corp > Foreign' })
  // Acme Inc was merged into Acme Corp.
  await database.pool.query(
    `insert into label (connection_id, type, id, parent_id, state, name, alias_of) values
       ($1, 'record', 'old-acme', 'companies', 'gone', 'Acme Inc', 'acme'), ($1, 'record', 'acme', 'companies', 'known', 'Acme Corporation', null)`,
    [northwind.connectionId],
  )
})
afterAll(() => api.close())

describe('the timeline', () => {
  test('shows the lines of mapped members of one’s own organisation, newest first', async () => {
    expect(await find({})).toEqual(['call', 'task', 'deal', 'company', 'elsewhere'])
    expect(await find({}, 'globex')).toEqual(['foreign'])
    expect(await find({}, 'initech')).toEqual([])
  })

  test('gives each line in full, with the name its subject has now', async () => {
    const { page } = await ask({ subject: 'acme', kind: 'record.created' })
    expect(page.data[0]).toMatchObject({
      ...{ id: lines.company, source: 'attio', kind: 'record.created', category: 'default', feature: 'crm', title: 'Acme Corp > Created' },
      actor: { member_id: 'ada', name: 'ada', avatar_url: null, user: { id: ada, name: 'Ada', email: 'ada@example.com' } },
      subject: { type: 'record', id: 'acme', name: 'Acme Corp', name_now: 'Acme Corporation' },
      ...{ occurred_at: '2026-11-24T09:00:00.000Z', late: false, event_count: 1, name_state: 'known' },
      connection: { id: northwind.connectionId, workspace_name: 'northwind CRM' },
    })
  })

  test.each<[string, () => Record<string, string | string[]>, string[]]>([
    ['category', () => ({ category: 'task' }), ['task']],
    ['several categories, by commas', () => ({ category: 'task,meeting' }), ['call', 'task']],
    ['several categories, by repetition', () => ({ category: ['task', 'meeting'] }), ['call', 'task']],
    ['feature area', () => ({ feature: 'deals' }), ['deal']],
    ['kind', () => ({ kind: 'record.created' }), ['company', 'elsewhere']],
    ['user who acted or took part', () => ({ user: grace }), ['call', 'deal']],
    ['member who acted or took part', () => ({ member: 'grace' }), ['call', 'deal']],
    ['record, in any part and also before it was merged', () => ({ record: 'acme' }), ['call', 'deal', 'company']],
    ['record, by the id it had before it was merged', () => ({ record: 'old-acme' }), ['call', 'deal', 'company']],
    ['subject', () => ({ subject: 'acme' }), ['company']],
    ['subject that is a task', () => ({ subject: 'task-1' }), ['task']],
    ['connection', () => ({ connection: second.connectionId }), ['elsewhere']],
    ['source', () => ({ source: 'attio' }), ['call', 'task', 'deal', 'company', 'elsewhere']],
    ['from, inclusive', () => ({ from: '2026-11-24T10:00:00Z' }), ['call', 'task', 'deal']],
    ['to, exclusive', () => ({ to: '2026-11-24T10:00:00Z' }), ['company', 'elsewhere']],
    ['from with another offset', () => ({ from: '2026-11-24T12:00:00+01:00' }), ['call', 'task']],
    // 23:30 in London is 00:30 of the next day in Berlin.
    ['days of a time zone', () => ({ from: '2026-11-25', to: '2026-11-25', time_zone: 'Europe/Berlin' }), ['call']],
    [
      'days of another time zone',
      () => ({ from: '2026-11-24', to: '2026-11-24', time_zone: 'UTC' }),
      ['call', 'task', 'deal', 'company', 'elsewhere'],
    ],
    ['text, ignoring case', () => ({ q: 'ACME' }), ['call', 'deal', 'company']],
    ['text, all words', () => ({ q: 'acme sync' }), ['call']],
    ['text with what LIKE would take for wildcards', () => ({ q: '100%_of' }), ['deal']],
    ['a backslash', () => ({ q: '\\' }), []],
    [
      'everything at once',
      () => ({ category: 'default', feature: 'deals', user: grace, record: 'acme', from: '2026-11-24T09:30:00Z', q: 'stage' }),
      ['deal'],
    ],
    ['filters that exclude each other', () => ({ category: 'task', feature: 'deals' }), []],
  ])('can be narrowed by %s', async (_what, query, found) => {
    expect(await find(query())).toEqual(found)
  })

  test.each([
    ['another organisation’s connection', () => ({ connection: globex.connectionId })],
    ['a hidden member', () => ({ member: 'mary' })],
    ['an excluded member who took part', () => ({ user: '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10' })],
  ])('finds nothing by %s', async (_what, query) => {
    expect(await find(query())).toEqual([])
  })

  test.each<[Record<string, string | string[]>, string]>([
    [{ from: '2026-11-24' }, 'query.from'],
    [{ from: 'yesterday' }, 'query.from'],
    [{ from: '2026-11-24T10:00:00' }, 'query.from'],
    [{ to: '0000-01-01T00:00:00Z' }, 'query.to'],
    [{ from: '2026-11-24', time_zone: '+01:00' }, 'query.time_zone'],
    [{ from: '2026-11-24', time_zone: 'Mars/Olympus' }, 'query.time_zone'],
    [{ limit: '0' }, 'query.limit'],
    [{ limit: ['1', '2'] }, 'query.limit'],
    [{ limit: '1e2' }, 'query.limit'],
    [{ q: 'a\u0000b' }, 'query.q'],
    [{ record: 'a\u0000b' }, 'query.record.0'],
    [{ user: 'ada' }, 'query.user.0'],
    [{ cursor: 'nonsense' }, 'query.cursor'],
  ])('refuses %j and says where the fault is', async (query, path) => {
    const { status, text } = await ask(query)
    expect([status, JSON.parse(text).errors.map((error: { path: string }) => error.path)]).toEqual([400, [path]])
  })

  test('hides an area that is switched off at once, and shows it again', async () => {
    const set = (enabled: boolean) =>
      api.database.pool.query(
        `insert into feature_switch (organization_id, area, enabled) values ($1, 'tasks', $2)
         on conflict (organization_id, area) do update set enabled = excluded.enabled`,
        [northwind.organizationId, enabled],
      )
    await set(false)
    expect(await find({ category: 'task' })).toEqual([])
    await set(true)
    expect(await find({ category: 'task' })).toEqual(['task'])
  })
})

describe('pages', () => {
  const walk = async (org: string, query: Record<string, string>, between?: () => Promise<unknown>) => {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const { page }: { page: Page } = await ask({ ...query, ...(cursor && { cursor }) }, org)
      ids.push(...page.data.map(line => line.id))
      cursor = page.next_cursor
      await between?.()
    } while (cursor)
    return ids
  }

  test('walked one by one are the whole list, also where many lines share one instant, while new lines arrive on top', async () => {
    const pages = await insertConnection(api.database, 'pages')
    await insertMember(api.database, pages, { id: 'p1' })
    for (let n = 0; n < 40; n += 1) {
      await insertLine(api.database.pool, pages, {
        memberId: 'p1',
        occurredAt: n < 30 ? '2026-11-24T09:00:00.000Z' : '2026-11-24T08:00:00.000Z',
      })
    }
    const { page } = await ask({ limit: '200' }, 'pages')
    const whole = page.data.map(line => line.id)
    expect(whole).toHaveLength(40)
    const walked = await walk('pages', { limit: '7' }, () =>
      insertLine(api.database.pool, pages, { memberId: 'p1', occurredAt: '2026-11-24T10:00:00.000Z' }),
    )
    expect(walked).toEqual(whole)
  })

  test('end without a cursor, also when the last one is full', async () => {
    expect((await ask({ limit: '5' })).page.next_cursor).toBeNull()
    expect((await ask({ limit: '4' })).page.next_cursor).not.toBeNull()
  })

  test('are not to be had with a cursor that was altered, of other filters, or of another organisation', async () => {
    const { page } = await ask({ limit: '1' })
    const cursor = page.next_cursor ?? ''
    const altered = cursor.replace(/^./, first => (first === 'A' ? 'B' : 'A'))
    expect((await ask({ cursor, limit: '3' })).status).toBe(200)
    expect((await ask({ cursor: altered })).status).toBe(400)
    expect((await ask({ cursor: `${cursor}A` })).status).toBe(400)
    expect((await ask({ cursor, category: 'task' })).status).toBe(400)
    expect((await ask({ cursor }, 'globex')).status).toBe(400)
  })

  test('cost the same however deep they lie: a page reads about as many lines as it shows', async () => {
    const deep = await insertConnection(api.database, 'deep')
    await insertMember(api.database, deep, { id: 'd1' })
    const id = await insertLine(api.database.pool, deep, { memberId: 'd1' })
    const { pool } = api.database
    await pool.query(
      `insert into activity select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'occurred_at',
         a.occurred_at - make_interval(secs => n)))).* from activity a, generate_series(1, 20000) n where a.id = $1`,
      [id],
    )
    await pool.query('analyze')
    const before = { occurredAt: new Date('2026-11-24T05:00:00Z'), id }
    const rows = await api.tenantOf(deep.organizationId).transaction(async scope => {
      const statements: { text: string; values: unknown[] }[] = []
      const query = async (text: string, values: unknown[]) => {
        statements.push({ text, values })
        return await scope.query(text, values)
      }
      expect(await selectLines({ ...scope, query } as Scope, { before, limit: 50 })).toHaveLength(50)
      const { text, values } = statements[0] ?? { text: '', values: [] }
      return (await scope.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${text}`, values)).rows
    })
    const scans = rows.map(row => row['QUERY PLAN']).filter(line => /Scan.* on activity /.test(line))
    expect(scans).toHaveLength(1)
    expect(Number(/actual rows=([\d.]+)/.exec(scans[0] ?? '')?.[1])).toBeLessThan(200)
    expect(rows.map(row => row['QUERY PLAN']).join('\n')).not.toMatch(/Rows Removed by Filter: \d{3}/)
  })
})

test('a reply is exactly what the documentation says', async () => {
  const { getTimeline } = await import('./get-timeline.ts')
  const response = await api.call('/v1/timeline')
  const body = await json<unknown>(response)
  expect(getTimeline.reply.schema?.parse(body)).toEqual(body)
})
