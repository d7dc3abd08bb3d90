import { describe, expect, test } from '@jest/globals'
import type { AttioEvent } from '../world/events.ts'
import { filterKey, passes } from './filter.ts'

const event: AttioEvent = {
  event_type: 'record.updated',
  id: { workspace_id: 'w', object_id: 'o', record_id: 'r', attribute_id: 'a' },
  actor: { type: 'system', id: null },
}
const equals = (field: string, value: string) => ({ field, operator: 'equals' as const, value })
const differs = (field: string, value: string) => ({ field, operator: 'not_equals' as const, value })

describe('a subscription filter', () => {
  test('lets everything through when null or an empty $and', () => {
    expect(passes(null, event)).toBe(true)
    expect(passes({ $and: [] }, event)).toBe(true)
  })
  test('$and wants every condition, $or one', () => {
    const [right, wrong] = [equals('id.object_id', 'o'), equals('id.attribute_id', 'b')]
    expect(passes({ $and: [right, wrong] }, event)).toBe(false)
    expect(passes({ $or: [right, wrong] }, event)).toBe(true)
    expect(passes({ $or: [wrong] }, event)).toBe(false)
    expect(passes({ $or: [] }, event)).toBe(false)
  })
  test('not_equals holds for another value, for null and for a path that is not there', () => {
    expect(passes({ $and: [differs('actor.type', 'system')] }, event)).toBe(false)
    expect(passes({ $and: [differs('actor.type', 'app')] }, event)).toBe(true)
    expect(passes({ $and: [differs('actor.id', 'x')] }, event)).toBe(true)
    expect(passes({ $and: [differs('id.list_id', 'x')] }, event)).toBe(true)
    expect(passes({ $and: [equals('id.list_id', 'x')] }, event)).toBe(false)
  })
  test('is the same subscription whatever the order of its conditions, and null is an empty $and', () => {
    expect(filterKey(null)).toBe(filterKey({ $and: [] }))
    expect(filterKey({ $or: [equals('a', '1'), equals('b', '2')] })).toBe(filterKey({ $or: [equals('b', '2'), equals('a', '1')] }))
    expect(filterKey({ $or: [equals('a', '1')] })).not.toBe(filterKey({ $and: [equals('a', '1')] }))
  })
})
