import { expect, test } from '@jest/globals'
import type { Activity } from './activity.ts'
import { byDay, lineOf } from './printer.ts'

const plain = (_style: unknown, text: string) => text
const line = (over: Partial<Activity>): Activity => ({
  id: '1',
  category: 'default',
  title: 'Acme Corp > Updated',
  detail: 'Updated Stage',
  actor: { name: 'Ada Lovelace' },
  subject: { id: 's' },
  name_state: 'known',
  occurred_at: new Date(2026, 10, 24, 9, 12, 4).toISOString(),
  event_count: 1,
  ...over,
})

test('a line says when, who, what on and what, in local time', () => {
  expect(lineOf(line({}), plain)).toBe('09:12:04  CRM      Ada Lovelace        Acme Corp > Updated · Updated Stage')
})

test('a task whose text is its header does not say it twice, and the rest of a longer text follows', () => {
  const title = 'Renewal - Acme Corp > Task created'
  expect(lineOf(line({ category: 'task', title, detail: 'Renewal - Acme Corp' }), plain)).toMatch(/Task created$/)
  expect(lineOf(line({ category: 'task', title, detail: 'Renewal - Acme Corp\nBefore Friday' }), plain)).toMatch(
    /Task created · Before Friday$/,
  )
})

test('growing is told', () => {
  expect(lineOf(line({ event_count: 3 }), plain, true)).toMatch(/\(grew to 3 events\)$/)
})

test('each local day has its heading, and lines stay in order below it', () => {
  const lines = [line({}), line({ title: 'B > Created', occurred_at: new Date(2026, 10, 24, 23, 59, 59).toISOString() })]
  const next = line({ title: 'C > Created', occurred_at: new Date(2026, 10, 25, 0, 0, 0).toISOString() })
  const text = byDay([...lines, next], plain).split('\n')
  expect(text.map(row => row.replace(/ · .*/, '').split('  ').at(-1)?.trim())).toEqual([
    'Tuesday 24 November 2026',
    'Acme Corp > Updated',
    'B > Created',
    '',
    'Wednesday 25 November 2026',
    'C > Created',
  ])
})
