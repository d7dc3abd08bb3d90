import { describe, expect, test } from '@jest/globals'
import { createConsumptionProbe } from './consumption.ts'

function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time }
  const probe = createConsumptionProbe({ staleAfterMs: 60_000, clock })
  const pass = (ms: number) => {
    clock.time += ms
  }
  return { probe, pass }
}

describe('liveness by consumption', () => {
  test('a worker with no work is healthy for ever', () => {
    const { probe, pass } = setUp()
    probe.backlogSeen(0)
    pass(1e9)
    expect(probe.check().ok).toBe(true)
  })

  test('work that waits while none is taken makes it unhealthy at the limit, not before', () => {
    const { probe, pass } = setUp()
    probe.backlogSeen(3)
    pass(59_999)
    probe.backlogSeen(4)
    expect(probe.check().ok).toBe(true)
    pass(1)
    expect(probe.check()).toMatchObject({ ok: false, detail: expect.stringContaining('60 s') })
  })

  test('a long idle time before the work came does not count', () => {
    const { probe, pass } = setUp()
    probe.taken()
    pass(1e9)
    probe.backlogSeen(1)
    expect(probe.check().ok).toBe(true)
  })

  test.each(['taken', 'finished'] as const)('a job %s starts the time anew, and health comes back by itself', step => {
    const { probe, pass } = setUp()
    probe.backlogSeen(1)
    pass(60_000)
    expect(probe.check().ok).toBe(false)
    probe[step]()
    expect(probe.check().ok).toBe(true)
    pass(60_000)
    expect(probe.check().ok).toBe(false)
  })

  test('work seen gone ends the waiting', () => {
    const { probe, pass } = setUp()
    probe.backlogSeen(1)
    pass(50_000)
    probe.backlogSeen(0)
    probe.backlogSeen(1)
    pass(50_000)
    expect(probe.check().ok).toBe(true)
  })
})
