import { describe, expect, test } from '@jest/globals'
import type { Run } from '@worksights/api-client'
import { countedStep, endedSteps, latestStep, needsReauthorization, standingOf, stepsOf } from './run-view.ts'

const begun: Run = {
  ...{ id: 'r', connection_id: 'c', kind: 'refresh', params: {}, state: 'running', steps: [], done: 0, total: null, error: null },
  ...{ requested_by: null, created_at: '2026-11-24T10:00:00.000Z', started_at: '2026-11-24T10:00:00.000Z', finished_at: null },
}
const step = (name: string, state: Run['steps'][number]['state'], detail: string | null = null) => ({ name, state, detail })

describe('how a run stands', () => {
  test('one that did all it could is incomplete where a step was left to people', () => {
    expect(standingOf({ ...begun, state: 'done', steps: [step('token', 'done')] })).toBe('done')
    expect(standingOf({ ...begun, state: 'done', steps: [step('token', 'failed'), step('webhooks', 'skipped')] })).toBe('incomplete')
  })

  test('one that waits says whether for its turn, for another attempt, or for a time to pass', () => {
    expect(standingOf({ ...begun, state: 'waiting', started_at: null })).toBe('waiting')
    expect(standingOf({ ...begun, state: 'waiting', error: 'Attio does not answer' })).toBe('retrying')
    expect(standingOf({ ...begun, state: 'waiting', steps: [step('late deliveries', 'waiting')] })).toBe('running')
  })
})

describe('its steps', () => {
  test('are all there before it has begun, waiting', () => {
    expect(stepsOf({ ...begun, state: 'waiting' })).toEqual(
      ['token', 'permissions', 'webhooks', 'members', 'names'].map(name => step(name, 'waiting')),
    )
  })

  test('are not made up for one that failed before the first', () => {
    expect(stepsOf({ ...begun, state: 'failed' })).toEqual([])
  })

  test('the latest is the one under way, else the last that ended', () => {
    const ended = [step('token', 'done'), step('permissions', 'failed'), step('webhooks', 'waiting')]
    expect(latestStep({ ...begun, steps: ended })?.name).toBe('permissions')
    expect(latestStep({ ...begun, steps: [step('token', 'done'), step('permissions', 'running')] })?.name).toBe('permissions')
    expect(latestStep(begun)).toBeNull()
  })

  test('have ended whatever came of them', () => {
    const steps = [step('token', 'done'), step('permissions', 'failed'), step('webhooks', 'skipped'), step('members', 'running')]
    expect(endedSteps({ ...begun, steps: [...steps, step('names', 'waiting')] })).toBe(3)
  })

  test('one counts only while it is under way', () => {
    const steps = [step('deliveries', 'running')]
    expect(countedStep({ ...begun, kind: 'replay', steps, done: 3, total: 12 })?.name).toBe('deliveries')
    expect(countedStep({ ...begun, kind: 'replay', steps })).toBeNull()
    expect(countedStep({ ...begun, kind: 'replay', state: 'done', steps: [step('deliveries', 'done')], done: 12, total: 12 })).toBeNull()
  })
})

test('consent is needed anew after a refresh that found the token dead or a permission missing, and only then', () => {
  const done = { ...begun, state: 'done' } as const
  expect(needsReauthorization({ ...done, steps: [step('token', 'failed')] })).toBe(true)
  expect(needsReauthorization({ ...done, steps: [step('token', 'done'), step('permissions', 'failed')] })).toBe(true)
  expect(needsReauthorization({ ...done, steps: [step('webhooks', 'failed')] })).toBe(false)
  expect(needsReauthorization({ ...begun, steps: [step('token', 'failed')] })).toBe(false)
  expect(needsReauthorization({ ...done, kind: 'disconnect', steps: [step('token', 'failed')] })).toBe(false)
})
