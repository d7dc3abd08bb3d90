import { expect, test } from '@jest/globals'
import type { Connection, Warning } from '@worksights/api-client'
import { concernsOf, generalConcerns } from './concerns.ts'

const at = '2026-11-24T10:00:00.000Z'
const well: Connection = {
  ...{ id: 'here', state: 'connected', state_reason: null, explanation: null, state_since: at, created_at: at },
  ...{ workspace: { id: 'w', name: 'Northwind', slug: 'northwind' }, webhooks: [] },
  ...{ last_event_at: null, last_activity_at: null, checked_at: null },
}
const warn = (code: Warning['code'], connection_id: string | null = 'here'): Warning => ({ code, connection_id, message: code })

test('a connection that is well and without warnings has nothing to be said of it', () => {
  expect(concernsOf(well, [])).toEqual([])
})

test('why it is as it is comes first, with what mends it', () => {
  const dead: Connection = { ...well, state: 'needs_attention', state_reason: 'token_dead', explanation: 'Attio takes the token no more.' }
  expect(concernsOf(dead, [warn('deliveries_being_lost')])).toEqual([
    { code: 'state', level: 'trouble', message: 'Attio takes the token no more.', action: 'reauthorize' },
    { code: 'deliveries_being_lost', level: 'trouble', message: 'deliveries_being_lost', action: 'refresh' },
  ])
})

test('the same way on is offered once, where it is first named', () => {
  const lacking: Connection = { ...well, state: 'needs_attention', state_reason: 'missing_permission', explanation: 'It lacks one.' }
  const actions = concernsOf(lacking, [warn('permissions_missing'), warn('authorizer_suspended')]).map(({ action }) => action)
  expect(actions).toEqual(['reauthorize', null, null])
})

test('warnings go to the connection they are about, and those about none to the page', () => {
  const warnings = [warn('authorizer_suspended', 'there'), warn('permissions_excessive'), warn('people_unmapped', null)]
  expect(concernsOf(well, warnings).map(({ code }) => code)).toEqual(['permissions_excessive'])
  expect(generalConcerns(warnings)).toEqual([{ code: 'people_unmapped', level: 'warning', message: 'people_unmapped', action: 'map' }])
})

test('one that was disconnected on purpose is no trouble', () => {
  expect(concernsOf({ ...well, state: 'disconnected', explanation: 'The workspace was disconnected.' }, [])).toEqual([])
})
