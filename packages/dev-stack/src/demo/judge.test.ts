import { expect, test } from '@jest/globals'
import type { Activity } from './activity.ts'
import { complaints, type ExpectedLine, judge } from './judge.ts'

const wanted: ExpectedLine = { step: 'a', title: 'Acme > Updated', detail: 'Updated Stage', category: 'default', actor: 'Ada Lovelace' }
const line = (over: Partial<Activity> = {}): Activity => ({
  id: '1',
  category: 'default',
  title: 'Acme > Updated',
  detail: 'Updated Stage',
  actor: { name: 'Ada Lovelace' },
  subject: { id: 's' },
  name_state: 'known',
  occurred_at: '2026-11-24T09:00:00.000Z',
  event_count: 1,
  ...over,
})

test('a day with exactly the lines expected has nothing to complain of', () => {
  expect(complaints(judge([line()], [wanted]))).toEqual([])
})

test.each([{ title: 'Acme > Deleted' }, { detail: null }, { category: 'task' as const }, { actor: { name: 'Grace Hopper' } }])(
  'a line that differs in %j is both missing and extra',
  over => {
    expect(judge([line(over)], [wanted])).toMatchObject({ missing: [wanted], extra: [over] })
  },
)

test('one line cannot stand for two, and a line twice is one too many', () => {
  expect(judge([line()], [wanted, wanted])).toMatchObject({ missing: [wanted], extra: [] })
  expect(judge([line(), line({ id: '2' })], [wanted])).toMatchObject({ missing: [], extra: [{ id: '2' }] })
})
