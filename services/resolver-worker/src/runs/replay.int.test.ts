import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { replayBatch } from '@worksights/database'
import { type Bench, eventsBy, openBench, type TestConnection } from '../testing/bench.ts'
import { openRuns } from '../testing/runs.ts'

/*
 * Replaying a range of deliveries.
 */

let bench: Bench
let runs: ReturnType<typeof openRuns>
let place: TestConnection
let by: ReturnType<typeof eventsBy>

beforeAll(async () => {
  bench = await openBench()
  runs = openRuns(bench)
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
}, 60_000)
beforeEach(async () => {
  place = await bench.connect()
})
afterAll(async () => {
  await runs.settle()
  await bench.close()
})

/** Stores deliveries in given states, one each, that ended; gives their ids. */
async function ended(...states: string[]): Promise<string[]> {
  const ids = await place.deliver(...states.map(() => [by.comment('created', randomUUID())]))
  for (const [index, id] of ids.entries()) {
    await place.rows(
      `update delivery set state = $2, reason = 'x', due_at = case when $2 = 'failed' then now() + interval '1 hour' end, attempts = 7, finished_at = now(),
         received_at = '2026-01-01T00:00:00Z'::timestamptz + make_interval(mins => $4) where connection_id = $1 and id = $3`,
      states[index],
      id,
      index,
    )
  }
  return ids
}
const due = async () => (await place.deliveries()).filter(delivery => delivery.due_at && delivery.due_in_ms <= 0).map(({ id }) => id)

describe('a replay', () => {
  test('of dead letters makes those due again and no others, and says how many', async () => {
    const [one, , two] = await ended('dead', 'processed', 'dead', 'filtered', 'ignored', 'failed')
    const id = await runs.ask(place, 'replay')
    await runs.turn(place)
    const run = await runs.read(id)
    expect(run).toMatchObject({ state: 'done', done: 2, total: 2 })
    expect(runs.detail(run, 'deliveries')).toBe('2 of 2 deliveries are worked again')
    expect(await due()).toEqual([one, two])
    expect(runs.hinted).toContain(`resolve ${place.connectionId}`)
    expect((await place.deliveries())[0]).toMatchObject({ state: 'received', attempts: 0, reason: null })
  })

  test('of several states within a time takes what was received from its beginning up to, not including, its end', async () => {
    const ids = await ended('dead', 'processed', 'dead', 'failed', 'dead')
    await runs.ask(place, 'replay', {
      states: ['processed', 'dead', 'failed'],
      from: '2026-01-01T00:01:00Z',
      to: '2026-01-01T01:04:00+01:00',
    })
    await runs.turn(place)
    expect(await due()).toEqual(ids.slice(1, 4))
    // A failed one keeps its attempts, by which whoever works it at this moment is known.
    expect((await place.deliveries())[3]).toMatchObject({ state: 'failed', attempts: 7 })
  })

  test('of several states does not work again what it has just worked: what was dead and is processed now is not one of the processed', async () => {
    await ended('dead', 'processed')
    await place.rows(`update delivery set finished_at = now() - interval '1 minute' where connection_id = $1`)
    const began = new Date(Date.now() - 1_000)
    const params = { states: ['dead' as const, 'processed' as const] }
    const batch = (state: number) =>
      bench.database.transaction(client => replayBatch(client, place.connectionId, params, { state, after: null }, 500, began))
    expect(await batch(0)).toMatchObject({ seen: 1, due: 1 })
    await bench.worker().turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ due_at: null }, { state: 'processed' }])
    expect(await batch(1)).toMatchObject({ seen: 1, due: 1 })
  })

  test('for a reason takes deliveries with an event of that reason, though another event of theirs made a line', async () => {
    const [withheld] = await ended('processed', 'processed', 'filtered')
    await place.rows(
      `insert into event (id, organization_id, connection_id, delivery_id, delivery_index, event_type, fingerprint, state, reason, received_at, happened_at, window_ms)
       select gen_random_uuid(), organization_id, connection_id, id, 0, 'comment.created', 'f', 'filtered', case when id = $2 then 'private list' else 'automation' end,
         now(), now(), 0 from delivery where connection_id = $1`,
      withheld,
    )
    const id = await runs.ask(place, 'replay', { states: ['filtered', 'processed'], eventReason: 'private list' })
    await runs.turn(place)
    expect(await due()).toEqual([withheld])
    expect(runs.detail(await runs.read(id), 'deliveries')).toBe('1 of 3 deliveries are worked again')
  })

  test('of nothing is done at once', async () => {
    const id = await runs.ask(place, 'replay')
    await runs.turn(place)
    expect(await runs.read(id)).toMatchObject({ state: 'done', done: 0, total: 0 })
  })

  test('that is stopped between two batches goes on where it was, counting nothing twice', async () => {
    const [first] = await ended('dead')
    await place.rows(
      `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state)
       select gen_random_uuid(), organization_id, connection_id, webhook_id, body, event_types, received_at + make_interval(secs => n), 'dead'
       from delivery, generate_series(1, 700) n where connection_id = $1 and id = $2`,
      first,
    )
    const stop = new AbortController()
    const stopped = openRuns(bench, {
      stopping: stop.signal,
      deliveriesDue: () => {
        stop.abort()
      },
    })
    const id = await stopped.ask(place, 'replay')
    expect(await stopped.turn(place)).toBe(0)
    expect(await runs.read(id)).toMatchObject({ state: 'running', done: 500, total: 701, attempts: 0 })
    expect(await due()).toHaveLength(500)
    await place.rows(`update delivery set state = 'processed', due_at = null where connection_id = $1 and due_at is not null`)
    await runs.letPass(id)
    await runs.turn(place)
    const run = await runs.read(id)
    expect(run).toMatchObject({ state: 'done', done: 701, total: 701, attempts: 1 })
    expect(runs.detail(run, 'deliveries')).toBe('701 of 701 deliveries are worked again')
    expect(await due()).toHaveLength(201)
  })

  test('waits with the next batch until the one before is nearly through, so that new deliveries do not stand behind the past', async () => {
    const [first] = await ended('dead')
    await place.rows(
      `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state)
       select gen_random_uuid(), organization_id, connection_id, webhook_id, body, event_types, received_at + make_interval(secs => n), 'dead'
       from delivery, generate_series(1, 700) n where connection_id = $1 and id = $2`,
      first,
    )
    let most = 0
    const drained = async () => {
      most = Math.max(most, (await due()).length)
      await place.rows(`update delivery set state = 'processed', due_at = null where connection_id = $1 and due_at is not null`)
    }
    const drains: Promise<void>[] = []
    const watched = openRuns(bench, { deliveriesDue: () => void drains.push(drained()) })
    const id = await watched.ask(place, 'replay')
    await watched.turn(place)
    await Promise.all(drains)
    expect([most, (await runs.read(id)).done]).toEqual([500, 701])
  })
})

test('runs of one connection are worked one after another, in the order they were asked for', async () => {
  const first = await runs.ask(place, 'replay')
  const second = await runs.ask(place, 'replay', { states: ['filtered'] })
  await bench.database.pool.query(`update run set due_at = now() + interval '1 minute', state = 'running', attempts = 1 where id = $1`, [
    first,
  ])
  expect(await runs.turn(place)).toBeGreaterThan(50_000)
  expect(await runs.read(second)).toMatchObject({ state: 'waiting', attempts: 0 })
  await runs.letPass(first)
  expect(await runs.turn(place)).toBe(0)
  expect(await runs.turn(place)).toBeNull()
  expect(await runs.read(second)).toMatchObject({ state: 'done' })
})
