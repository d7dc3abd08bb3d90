import { describe, expect, test } from '@jest/globals'
import { supportedEventTypes } from './event-types.ts'
import { buildSubscriptions } from './subscriptions.ts'

describe('the two webhooks', () => {
  test('together subscribe to every supported type once', () => {
    const types = [...buildSubscriptions('records', []), ...buildSubscriptions('other', [])].map(({ event_type }) => event_type)
    expect(types.sort()).toEqual([...supportedEventTypes].sort())
    expect(new Set(types).size).toBe(27)
  })

  test('keep records and list entries apart from everything else', () => {
    const isRecord = (type: string) => /^(record|list-entry)\./.test(type)
    expect(buildSubscriptions('records', []).every(({ event_type }) => isRecord(event_type))).toBe(true)
    expect(buildSubscriptions('other', []).some(({ event_type }) => isRecord(event_type))).toBe(false)
  })

  test('ask for updates by members, and by anybody of naming attributes; for all of the rest', () => {
    const filtered = buildSubscriptions('records', ['b', 'a', 'b']).filter(({ filter }) => filter !== null)
    const filter = {
      $or: [
        { field: 'actor.type', operator: 'equals', value: 'workspace-member' },
        { field: 'id.attribute_id', operator: 'equals', value: 'a' },
        { field: 'id.attribute_id', operator: 'equals', value: 'b' },
      ],
    }
    expect(filtered).toEqual([
      { event_type: 'record.updated', filter },
      { event_type: 'list-entry.updated', filter },
    ])
    expect(buildSubscriptions('other', ['a']).every(subscription => subscription.filter === null)).toBe(true)
  })

  test('have the same filter for the same attributes in any order', () => {
    expect(buildSubscriptions('records', ['x', 'y'])).toEqual(buildSubscriptions('records', ['y', 'x']))
  })
})
