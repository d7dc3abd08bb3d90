import { describe, expect, test } from '@jest/globals'
import { buildSubscriptions } from '@worksights/attio'
import { sameSubscriptions } from './subscriptions.ts'

const wanted = buildSubscriptions('records', ['b', 'a'])

describe('subscriptions', () => {
  test('are the same in another order, with filters in another order, and with an empty filter for none', () => {
    const kept = [...wanted].reverse().map(({ event_type, filter }) => {
      if (filter === null) return { event_type, filter: { $and: [] } }
      const conditions = '$or' in filter ? filter.$or : filter.$and
      return { event_type, filter: { $or: conditions.map(({ value, operator, field }) => ({ value, field, operator })).reverse() } }
    })
    expect(sameSubscriptions(kept, wanted)).toBe(true)
  })

  test('differ by a type, by a condition, by how conditions are joined, and by a filter of a form we do not know', () => {
    const change = (filter: (old: (typeof wanted)[number]['filter']) => null | object) =>
      wanted.map(({ event_type, filter: old }) => ({ event_type, filter: JSON.parse(JSON.stringify(filter(old))) }))
    expect(sameSubscriptions(wanted.slice(1), wanted)).toBe(false)
    expect(sameSubscriptions(buildSubscriptions('records', ['a']), wanted)).toBe(false)
    expect(
      sameSubscriptions(
        change(old => (old && '$or' in old ? { $and: old.$or } : old)),
        wanted,
      ),
    ).toBe(false)
    expect(
      sameSubscriptions(
        change(old => old ?? { $not: [] }),
        wanted,
      ),
    ).toBe(false)
    expect(
      sameSubscriptions(
        change(old => old),
        wanted,
      ),
    ).toBe(true)
  })
})
