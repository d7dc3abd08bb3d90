import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bench, openBench } from '../testing/bench.ts'
import { waitUntil } from '../testing/wait.ts'
import { every } from './every.ts'
import { sweep } from './sweep.ts'

/*
 * Work whose hint was lost is found.
 */

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
}, 60_000)
afterAll(() => bench.close())

/** Sweeps once and gives what was hinted. */
async function swept(): Promise<string[]> {
  const hints: string[] = []
  await bench.database.transaction(client =>
    sweep(client, async (queue, connectionId) => {
      hints.push(`${queue} ${connectionId}`)
    }),
  )
  return hints.sort()
}

test('connections with overdue deliveries, events or runs are hinted, each once; what is not overdue, leased or final is not', async () => {
  const [overdue, fresh, leased, final, events, runs] = await Promise.all([1, 2, 3, 4, 5, 6].map(() => bench.connect()))
  const ago = (place: typeof overdue, due: string) => place?.rows(`update delivery set due_at = ${due} where connection_id = $1`)
  for (const place of [overdue, fresh, leased, final, events]) await place?.deliver([], [])
  await ago(overdue, `now() - interval '31 seconds'`)
  await ago(fresh, `now() - interval '20 seconds'`)
  await ago(leased, `now() + interval '40 seconds'`)
  for (const place of [final, events]) await place?.rows(`update delivery set state = 'ignored', due_at = null where connection_id = $1`)
  await events?.rows(
    `insert into event (id, organization_id, connection_id, delivery_id, delivery_index, event_type, fingerprint, state, lane, facts, pending_names, received_at,
       happened_at, window_ms, due_at)
     select $2::uuid, organization_id, connection_id, id, 0, 'comment.created', 'f', 'pending', 'comment/c', '{}', '{}', now(), now(), 0, now() - interval '1 minute'
     from delivery where connection_id = $1 limit 1`,
    randomUUID(),
  )
  await runs?.rows(
    `insert into run (id, organization_id, connection_id, kind, due_at) select $2::uuid, organization_id, id, 'refresh', now() - interval '31 seconds'
     from connection where id = $1`,
    randomUUID(),
  )
  expect(await swept()).toEqual([`coalesce ${events?.connectionId}`, `resolve ${overdue?.connectionId}`, `runs ${runs?.connectionId}`])
})

test('scheduled work never runs in two pods at a time, and goes on in the other when one stops', async () => {
  let running = 0
  let most = 0
  const runs = { one: 0, two: 0 }
  const pod = (name: 'one' | 'two') =>
    every(bench, 'test', 5, async () => {
      running += 1
      most = Math.max(most, running)
      runs[name] += 1
      await pause(10)
      running -= 1
    })
  const [one, two] = [pod('one'), pod('two')]
  await waitUntil(() => runs.one + runs.two >= 10)
  await one.stop()
  const before = runs.two
  await waitUntil(() => runs.two >= before + 2)
  await two.stop()
  expect(most).toBe(1)
})

test('scheduled work that fails is logged, and is done again next time', async () => {
  let runs = 0
  const failing = every(bench, 'failing', 5, async () => {
    runs += 1
    throw new Error('not this time')
  })
  await waitUntil(() => runs >= 3)
  await failing.stop()
  expect(bench.logged.join('')).toContain('not this time')
})
