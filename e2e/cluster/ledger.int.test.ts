import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { readLedger, untilQuiet } from './ledger.ts'
import { startLoad } from './load.ts'
import { beginnings, faultsOf, latencies, wasTaken } from './verdict.ts'
import { watchTimeline } from './watch.ts'
import { openWorld } from './world.ts'

/*
 * The part of a run that needs no cluster, on the processes of `npm start`: connecting, the load, and the count.
 */

let stack: RunningStack

beforeAll(async () => {
  stack = await startWholeStack()
}, 120_000)
afterAll(async () => {
  await stack?.stop()
}, 60_000)

test('every event of the load is counted once, in a line of the timeline, and what is taken away is missed', async () => {
  const { api, attio, identity } = stack.info.urls
  const world = await openWorld({ api, attio, identity }, 2)
  const watch = await watchTimeline(world.admin, attio)
  const load = startLoad(world, 40)
  const started = Date.now() + watch.skew
  while (watch.seen.size < 40) await pause(50)
  await load.stop()
  await untilQuiet(world)
  await watch.stop()

  const ledger = await readLedger(world)
  expect(faultsOf(ledger)).toEqual([])
  expect(ledger.sent.length).toBeGreaterThan(40)
  expect(ledger.sent.every(wasTaken)).toBe(true)
  expect(new Set(ledger.sent.flatMap(({ event_types: types }) => types)).size).toBeGreaterThan(5)
  const took = latencies(beginnings(ledger), watch.seen, [{ name: 'all', from: started, to: Date.now() + watch.skew }])
  expect(took.get('all')?.count).toBeGreaterThan(30)

  const [, ...without] = ledger.stored
  expect(faultsOf({ ...ledger, stored: without })).not.toEqual([])
  expect(faultsOf({ ...ledger, lines: ledger.lines.slice(1) })).not.toEqual([])
}, 120_000)
