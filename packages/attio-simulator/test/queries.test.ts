import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { at, list, type OpenSimulator, openSimulator, text } from './harness.ts'

let attio: OpenSimulator
let ids: string[]
beforeAll(async () => {
  attio = await openSimulator()
  await attio.faults({ write_limit: null, read_limit: null })
  const rows = [
    {
      project_title: 'Alpha',
      phase: 'Planned',
      budget: 100,
      billable: true,
      lead: 'ada.lovelace@northwind.example',
      kick_off: '2026-01-01T08:00:00Z',
    },
    { project_title: 'Beta', phase: 'Running', budget: 200, billable: false, kick_off: '2026-02-01T08:00:00Z' },
    { project_title: 'Gamma', phase: 'Done', budget: 300, billable: true, kick_off: '2026-03-01T08:00:00Z' },
  ]
  ids = []
  for (const values of rows)
    ids.push(text((await attio.api('POST', '/objects/projects/records', { data: { values } })).body, 'data', 'id', 'record_id'))
})
afterAll(() => attio.close())

const titles = async (body: unknown) => {
  const reply = await attio.api('POST', '/objects/projects/records/query', body)
  expect([reply.status, reply.status === 200 ? '' : reply.body]).toEqual([200, ''])
  return list(reply.body, 'data').map(record => at(record, 'values', 'project_title', 0, 'value'))
}

describe('a filter', () => {
  const mine = { project_title: { $in: ['Alpha', 'Beta', 'Gamma'] } }
  test.each([
    ['the short form', { project_title: 'Beta' }, ['Beta']],
    ['$eq', { project_title: { $eq: 'Beta' } }, ['Beta']],
    ['a field of the value', { project_title: { value: { $starts_with: 'Ga' } } }, ['Gamma']],
    ['$contains, whatever the case', { project_title: { $contains: 'LPH' } }, ['Alpha']],
    ['$ends_with', { project_title: { $ends_with: 'mma' } }, ['Gamma']],
    ['numbers compared', { budget: { $gt: 100, $lte: 300 }, ...mine }, ['Beta', 'Gamma']],
    ['times compared', { kick_off: { $gte: '2026-02-01T00:00:00Z' } }, ['Beta', 'Gamma']],
    ['a status by title', { phase: 'Running', ...mine }, ['Beta']],
    ['a checkbox', { billable: true, ...mine }, ['Alpha', 'Gamma']],
    ['$not_empty', { lead: { $not_empty: true } }, ['Alpha']],
    ['$and', { $and: [{ billable: true }, { phase: 'Done' }] }, ['Gamma']],
    ['$or', { $or: [{ project_title: 'Alpha' }, { phase: 'Done' }] }, ['Alpha', 'Gamma']],
    ['$not', { ...mine, $not: { project_title: 'Alpha' } }, ['Beta', 'Gamma']],
  ])('understands %s', async (_, filter, expected) => {
    expect(await titles({ filter })).toEqual(expected)
  })

  test('understands record ids, many at once', async () => {
    expect(await titles({ filter: { record_id: { $in: [ids[2], ids[0]] } } })).toEqual(['Alpha', 'Gamma'])
    expect(await titles({ filter: { record_id: ids[1] } })).toEqual(['Beta'])
  })

  test.each([[{ $and: 3 }], [{ budget: { $about: 3 } }], [{ path: [] }], [{ record_id: { $in: 'x' } }], ['x']])(
    'is a 400 where it makes no sense: %j',
    async filter => {
      const reply = await attio.api('POST', '/objects/projects/records/query', { filter })
      expect(reply).toMatchObject({ status: 400, body: { code: 'filter_error' } })
    },
  )
})

describe('pages', () => {
  test('sort, limit and offset hold together', async () => {
    const body = { filter: { budget: { $lte: 300 } }, sorts: [{ attribute: 'budget', direction: 'desc' }], limit: 2, offset: 1 }
    expect(await titles(body)).toEqual(['Beta', 'Alpha'])
  })

  test('notes come ten at a time and at most fifty', async () => {
    for (let index = 0; index < 12; index += 1)
      await attio.api('POST', '/notes', {
        data: { parent_object: 'projects', parent_record_id: ids[0], title: String(index), content: '' },
      })
    const page = async (query: string) =>
      list((await attio.api('GET', `/notes?parent_record_id=${ids[0]}${query}`)).body, 'data').map(note => at(note, 'title'))
    expect(await page('')).toHaveLength(10)
    expect(await page('&limit=5&offset=10')).toEqual(['10', '11'])
    expect((await attio.api('GET', '/notes?limit=51')).status).toBe(400)
  })

  test('meetings are walked by cursor, each once', async () => {
    const moment = { datetime: '2026-11-24T10:00:00Z' }
    const participants = [{ email_address: 'a@b.example', is_organizer: true, status: 'accepted' }]
    for (const title of ['1', '2', '3']) await attio.api('POST', '/meetings', { data: { title, start: moment, end: moment, participants } })
    const seen: unknown[] = []
    let cursor: unknown = ''
    while (typeof cursor === 'string') {
      const reply: unknown = (await attio.api('GET', `/meetings?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)).body
      seen.push(...list(reply, 'data').map(meeting => at(meeting, 'title')))
      cursor = at(reply, 'pagination', 'next_cursor')
    }
    expect(seen.toSorted()).toEqual(['1', '2', '3', 'Introduction'])
    expect((await attio.api('GET', '/meetings?cursor=nonsense')).status).toBe(400)
  })
})

describe('values that do not fit', () => {
  const create = (object: string, values: unknown) => attio.api('POST', `/objects/${object}/records`, { data: { values } })
  test.each([
    ['a second value where one is allowed', 'projects', { project_title: ['a', 'b'] }, 400],
    ['an attribute nobody defined', 'projects', { nothing: 1 }, 400],
    ['one that Attio writes itself', 'projects', { created_at: '2026-01-01T00:00:00Z' }, 400],
    ['a reference to nowhere', 'projects', { client: 'nothing' }, 400],
    ['a required one left out', 'deals', { name: 'x' }, 400],
    ['a number for a text', 'projects', { project_title: 5 }, 400],
    ['a unique value that is taken', 'companies', { domains: ['hooli.example'] }, 409],
  ])('%s', async (_, object, values, status) => {
    expect((await create(object, values)).status).toBe(status)
  })
})
