import { expect, test } from '@jest/globals'
import { boundsOf } from './bounds.ts'

test('days are those of the viewer, and the last one is within', () => {
  expect(boundsOf({ from: '2026-11-23', to: '2026-11-24' })).toEqual({
    from: new Date(2026, 10, 23).getTime(),
    to: new Date(2026, 10, 25).getTime(),
  })
})

test('times are taken as they are, and what is no time bounds nothing', () => {
  expect(boundsOf({ from: '2026-11-23T10:00:00Z', to: 'soon' })).toEqual({ from: Date.UTC(2026, 10, 23, 10) })
  expect(boundsOf({})).toEqual({})
})
