import { expect, test } from '@jest/globals'
import { gapsOf, type Row, rowsOf } from './rows.ts'
import { gap, line } from './testing/lines.ts'

/** A time of the viewer's own zone. */
const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute)
const at = (id: string, day: number, hour: number) => line(id, 0, { occurred_at: local(day, hour).toISOString() })
const iso = (day: number, hour: number) => local(day, hour).toISOString()
const told = (rows: Row[]) =>
  rows.map(row => `${row.isFirstOfDay ? `${new Date(row.day).getDate()}: ` : ''}${row.type === 'line' ? row.line.id : row.gap.id}`)

const now = local(24, 12).getTime()

test('the first line of each day of the viewer carries its heading', () => {
  const rows = rowsOf([at('d', 24, 9), at('c', 24, 0), at('b', 23, 23), at('a', 20, 12)], [], { hasMore: false, now })
  expect(told(rows)).toEqual(['24: d', 'c', '23: b', '20: a'])
  expect(rows.every(({ day }) => new Date(day).getHours() === 0)).toBe(true)
})

test('a day of 23 or 25 hours is one day', () => {
  // Midnights of a whole year, whatever the zone of this machine makes of them.
  const noons = Array.from({ length: 365 }, (_, day) => new Date(2026, 11, 31 - day, 12))
  const lines = noons
    .flatMap(noon => [new Date(noon.getTime() + 11 * 3_600_000), noon])
    .map((time, place) => {
      return line(`${place}`, 0, { occurred_at: time.toISOString() })
    })
  const headings = rowsOf(lines, [], { hasMore: false, now }).filter(row => row.isFirstOfDay)
  expect(headings.length).toBeLessThanOrEqual(367)
  expect(new Set(headings.map(({ day }) => day)).size).toBe(headings.length)
})

test('a gap stands above what came before its end, in its day', () => {
  const lines = [at('c', 24, 10), at('b', 24, 8), at('a', 22, 8)]
  const rows = rowsOf(lines, [gap('gap', iso(23, 7), iso(24, 9))], { hasMore: false, now })
  expect(told(rows)).toEqual(['24: c', 'gap', 'b', '22: a'])
  expect(told(rowsOf(lines, [gap('gap', iso(23, 7), iso(23, 9))], { hasMore: false, now }))).toEqual(['24: c', 'b', '23: gap', '22: a'])
})

test('a gap that lasts stands above all, today', () => {
  expect(told(rowsOf([at('a', 22, 8)], [gap('gap', iso(23, 7), null)], { hasMore: true, now }))).toEqual(['24: gap', '22: a'])
})

test('a gap beyond the last line waits for the lines around it, if there are more', () => {
  const [lines, gaps] = [[at('a', 24, 8)], [gap('gap', iso(20, 7), iso(20, 9))]]
  expect(told(rowsOf(lines, gaps, { hasMore: true, now }))).toEqual(['24: a'])
  expect(told(rowsOf(lines, gaps, { hasMore: false, now }))).toEqual(['24: a', '20: gap'])
})

test('a line of a clock that is ahead makes no second heading of a day', () => {
  const rows = rowsOf([at('b', 25, 1), at('a', 24, 8)], [gap('gap', iso(24, 7), null)], { hasMore: false, now })
  expect(new Set(rows.filter(row => row.isFirstOfDay).map(({ day }) => day)).size).toBe(rows.filter(row => row.isFirstOfDay).length)
})

test('a view shows the gaps of its workspaces within its dates', () => {
  const gaps = [gap('north', iso(20, 7), iso(20, 9)), gap('globe', iso(21, 7), iso(21, 9), 'globex'), gap('lasting', iso(22, 7), null)]
  const ids = (view: Parameters<typeof gapsOf>[1]) => gapsOf(gaps, view).map(({ id }) => id)
  expect(ids({})).toEqual(['north', 'globe', 'lasting'])
  expect(ids({ connections: ['globex'] })).toEqual(['globe'])
  expect(ids({ from: local(20, 8).getTime() })).toEqual(['north', 'globe', 'lasting'])
  expect(ids({ from: local(20, 10).getTime(), to: local(22, 7).getTime() })).toEqual(['globe'])
})
