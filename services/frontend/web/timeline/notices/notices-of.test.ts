import { describe, expect, test } from '@jest/globals'
import type { Connection, Overview, Warning } from '@worksights/api-client'
import { noticesOf } from './notices-of.ts'

const connection: Connection = {
  ...{ id: 'c1', state: 'connected', state_reason: null, explanation: null, state_since: '2026-11-24T09:00:00.000Z' },
  ...{ workspace: { id: 'w1', name: 'Northwind', slug: 'northwind' }, webhooks: [], created_at: '2026-11-24T09:00:00.000Z' },
  ...{ last_event_at: null, last_activity_at: null, checked_at: null },
}
const overview = (given: Partial<Connection>, codes: Warning['code'][] = [], hidden = { people: 0, activities: 0 }): Overview => ({
  ...{ state: 'connected', connections: [{ ...connection, ...given }], hidden, gaps: [], help: { contact: null, setup_guide_url: null } },
  warnings: codes.map(code => ({ code, connection_id: 'c1', message: code })),
})
const told = (given: Overview, isAdmin: boolean) => noticesOf(given, isAdmin).map(({ about, level }) => `${about.what} ${level}`)

describe('a reader is told', () => {
  test('nothing where all is well, or only Overview is concerned', () => {
    expect(told(overview({}, ['permissions_excessive', 'authorizer_suspended']), true)).toEqual([])
    expect(noticesOf({ ...overview({}), state: 'not_connected', connections: [] }, true)).toEqual([])
    expect(told(overview({ state: 'needs_attention', state_reason: 'connecting' }), true)).toEqual([])
  })

  test('that people are hidden, and permissions missing, only where it is theirs to mend', () => {
    const hiding = overview({}, ['permissions_missing'], { people: 3, activities: 41 })
    expect(told(hiding, true)).toEqual(['permissions warning', 'hidden info'])
    expect(told(hiding, false)).toEqual([])
  })

  test('as a member when lines will be missing, not while all still comes', () => {
    expect(told(overview({ state: 'degraded' }), false)).toEqual([])
    expect(told(overview({ state: 'degraded' }), true)).toEqual(['state warning'])
    expect(told(overview({ state: 'degraded' }, ['deliveries_being_lost']), false)).toEqual(['state trouble'])
    expect(told(overview({ state: 'needs_attention' }), false)).toEqual(['state trouble'])
    expect(told(overview({ state: 'disconnected' }), false)).toEqual(['state info'])
  })
})

describe('what is dismissed', () => {
  const keys = (given: Overview) => noticesOf(given, true).map(({ key }) => key)
  test('comes back when there is more to say', () => {
    const one = keys(overview({}, [], { people: 1, activities: 2 }))
    expect(keys(overview({}, [], { people: 1, activities: 9 }))).toEqual(one)
    expect(keys(overview({}, [], { people: 2, activities: 9 }))).not.toEqual(one)
    const then = keys(overview({ state: 'degraded' }))
    expect(keys(overview({ state: 'degraded', state_since: '2026-11-25T09:00:00.000Z' }))).not.toEqual(then)
  })

  test('cannot be what loses lines', () => {
    const dismissable = (given: Overview) => noticesOf(given, true).map(notice => notice.dismissable)
    expect(dismissable(overview({ state: 'degraded' }))).toEqual([true])
    expect(dismissable(overview({ state: 'degraded' }, ['deliveries_being_lost']))).toEqual([false])
    expect(dismissable(overview({ state: 'needs_attention' }))).toEqual([false])
  })
})
