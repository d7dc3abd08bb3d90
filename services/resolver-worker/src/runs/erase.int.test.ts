import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { lockLanes, maxRunAttempts } from '@worksights/database'
import { coalesceTurn } from '../../../coalescer-worker/src/turn.ts'
import { type Bench, eventsBy, openBench, type TestConnection, type Worker } from '../testing/bench.ts'
import { openRuns } from '../testing/runs.ts'
import { waitUntil } from '../testing/wait.ts'
import { LeaseLostError } from './progress.ts'

/*
 * Ending a connection, with its data or without.
 */

let bench: Bench
let runs: ReturnType<typeof openRuns>
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>

beforeAll(async () => {
  bench = await openBench()
  runs = openRuns(bench)
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
}, 60_000)
beforeEach(async () => {
  worker = bench.worker()
  place = await bench.connect()
})
afterEach(() => bench.attio.heal())
afterAll(async () => {
  await runs.settle()
  await bench.close()
})

const connectionOf = async (at: TestConnection) =>
  (await at.rows<{ state: string; sealed: Buffer | null }>('select state, token_sealed as sealed from connection where id = $1'))[0]
const webhooksAtAttio = async () => {
  const { data } = (await (
    await fetch(`${bench.attio.url}/v2/webhooks`, { headers: { authorization: `Bearer ${place.token}` } })
  ).json()) as { data: unknown[] }
  return data.length
}
async function tellLines(at: TestConnection, count: number): Promise<void> {
  await at.deliver(
    ...Array.from({ length: count }, () => [
      by.comment('created', randomUUID()),
      by.entry('created', bench.attio.lists.hot_leads, randomUUID()),
    ]),
  )
  await worker.turn(at.connectionId)
  await coalesceTurn({ database: bench.database, log: bench.log }, at.connectionId)
}
/** How many rows of each table there are of a connection, and of its organisation's redirections. */
async function rowsOf(at: TestConnection): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['delivery', 'event', 'activity', 'label', 'member', 'webhook', 'delivery_gap', 'connection_state_change']) {
    counts[table] = (await at.rows(`select 1 from ${table} where connection_id = $1`)).length
  }
  counts.connection = (await at.rows('select 1 from connection where id = $1')).length
  const { rowCount } = await bench.database.pool.query('select 1 from activity_alias where organization_id = $1', [at.organizationId])
  return { ...counts, activity_alias: rowCount ?? 0 }
}
const nothing = {
  delivery: 0,
  event: 0,
  activity: 0,
  label: 0,
  member: 0,
  webhook: 0,
  delivery_gap: 0,
  connection_state_change: 0,
  connection: 0,
  activity_alias: 0,
}

describe('a disconnect', () => {
  test('deletes the webhooks at Attio, forgets the token and keeps the timeline', async () => {
    await runs.ask(place, 'refresh')
    await runs.turn(place)
    expect(await webhooksAtAttio()).toBe(2)
    await tellLines(place, 1)
    const id = await runs.ask(place, 'disconnect')
    await runs.turn(place)
    const run = await runs.read(id)
    expect([run.state, runs.told(run)]).toEqual(['done', ['webhooks: done', 'token: done']])
    expect([await webhooksAtAttio(), await connectionOf(place)]).toEqual([0, { state: 'disconnected', sealed: null }])
    expect(await rowsOf(place)).toMatchObject({ activity: 2, event: 2 })
  })

  test('is not held up for good by an Attio that does not answer: in the end it says what is left behind', async () => {
    await runs.ask(place, 'refresh')
    await runs.turn(place)
    await bench.attio.faults({ server_errors: {} })
    const id = await runs.ask(place, 'disconnect')
    for (let attempt = 1; attempt < maxRunAttempts; attempt += 1) {
      await runs.turn(place)
      expect([(await runs.read(id)).state, (await connectionOf(place))?.state]).toEqual(['waiting', 'connected'])
      await runs.letPass(id)
    }
    await runs.turn(place)
    const run = await runs.read(id)
    expect([run.state, runs.told(run)]).toEqual(['done', ['webhooks: failed', 'token: done']])
    expect(runs.detail(run, 'webhooks')).toContain('Attio did not answer, so they may still be there')
    expect(await connectionOf(place)).toEqual({ state: 'disconnected', sealed: null })
  }, 60_000)
})

describe('an erasure', () => {
  test('takes everything the connection brought and nothing else; the run, the switches and the audit trail stay', async () => {
    const other = await bench.connect()
    await tellLines(place, 3)
    await tellLines(other, 2)
    await place.rows(
      `insert into feature_switch (organization_id, area, enabled) select organization_id, 'crm', false from connection where id = $1`,
    )
    await place.rows(
      `insert into audit_entry (id, organization_id, action, actor_name, connection_id) select gen_random_uuid(), organization_id, 'connection.erased', 'Ada', id
       from connection where id = $1`,
    )
    await place.rows(
      `insert into activity_alias (id, organization_id, activity_id) select a.id, a.organization_id, null from activity a where a.connection_id = $1`,
    )
    const before = await rowsOf(other)
    const id = await runs.ask(place, 'erase')
    await runs.turn(place)
    expect(await runs.read(id)).toMatchObject({ state: 'done', error: null, due_at: null })
    expect(await rowsOf(place)).toEqual(nothing)
    expect(await rowsOf(other)).toEqual(before)
    const { rows } = await bench.database.pool.query(
      `select (select count(*)::int from feature_switch where organization_id = $1) as switches,
         (select count(*)::int from audit_entry where organization_id = $1) as audit,
         (select count(*)::int from activity_change where organization_id = $1 and type = 'reset') > 0 as told`,
      [place.organizationId],
    )
    expect(rows).toEqual([{ switches: 1, audit: 1, told: true }])
  })

  test('whose worker is killed at any line is taken up and brought to its end', async () => {
    await tellLines(place, 2)
    const id = await runs.ask(place, 'erase')
    let kills = 0
    for (let survived = 1; (await runs.read(id)).state !== 'done'; survived += 1) {
      let reports = 0
      const mortal = openRuns(bench, {
        alive: () => {
          reports += 1
          if (reports > survived) throw new LeaseLostError()
        },
      })
      await mortal.turn(place)
      await runs.letPass(id)
      await bench.database.pool.query('update run set attempts = 0 where id = $1', [id])
      kills += 1
    }
    expect(kills).toBeGreaterThan(5)
    expect(await rowsOf(place)).toEqual(nothing)
  })

  test('waits for a projection under way, and takes the line it writes', async () => {
    await tellLines(place, 1)
    const id = await runs.ask(place, 'erase')
    const projecting = await bench.database.pool.connect()
    try {
      await projecting.query('begin')
      await lockLanes(projecting, place.connectionId, ['comment/any'])
      const erasing = runs.turn(place)
      await waitUntil(async () => runs.told(await runs.read(id)).includes('events: done'))
      await projecting.query(
        `insert into activity select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* from activity a where connection_id = $1 limit 1`,
        [place.connectionId],
      )
      await projecting.query('commit')
      await erasing
      expect(await rowsOf(place)).toEqual(nothing)
    } finally {
      projecting.release()
    }
  })

  test('of a connection that ended before works too', async () => {
    place = await bench.connect({ state: 'disconnected', token: null })
    await place.deliver([])
    const id = await runs.ask(place, 'erase')
    await runs.turn(place)
    const run = await runs.read(id)
    expect([run.state, runs.detail(run, 'webhooks')]).toEqual(['done', 'the connection had ended before'])
    expect(await rowsOf(place)).toEqual(nothing)
  })

  test('is not held up for good by an Attio that does not answer', async () => {
    await tellLines(place, 1)
    await bench.attio.faults({ server_errors: {} })
    const id = await runs.ask(place, 'erase')
    await runs.turn(place)
    expect(runs.told(await runs.read(id))[0]).toBe('webhooks: waiting')
    expect(await rowsOf(place)).toMatchObject({ connection: 1, activity: 2 })
    await bench.database.pool.query('update run set attempts = $2 where id = $1', [id, maxRunAttempts - 1])
    await runs.letPass(id)
    await runs.turn(place)
    expect(await runs.read(id)).toMatchObject({ state: 'done' })
    expect(await rowsOf(place)).toEqual(nothing)
  }, 30_000)

  test('waits until the gateway has forgotten the endpoints, and takes what came until then', async () => {
    const slow = openRuns(bench, { endpointsForgottenAfterMs: 60_000 })
    const id = await slow.ask(place, 'erase')
    expect(await slow.turn(place)).toBeGreaterThan(30_000)
    expect(await runs.read(id)).toMatchObject({ state: 'running' })
    await place.deliver([])
    expect((await rowsOf(place)).connection).toBe(0)
    await runs.letPass(id)
    await runs.turn(place)
    expect(await runs.read(id)).toMatchObject({ state: 'done' })
    expect(await rowsOf(place)).toEqual(nothing)
  })

  test('that had to insist on its last attempt waits for late deliveries too, and ends well', async () => {
    await bench.attio.faults({ server_errors: {} })
    const slow = openRuns(bench, { endpointsForgottenAfterMs: 60_000 })
    const id = await slow.ask(place, 'erase')
    await bench.database.pool.query('update run set attempts = $2 where id = $1', [id, maxRunAttempts - 1])
    expect(await slow.turn(place)).toBeGreaterThan(30_000)
    // Nothing runs for a minute, and whoever watches is told why.
    expect((await runs.read(id)).steps?.at(-1)).toEqual({
      name: 'late deliveries',
      state: 'waiting',
      detail: expect.stringContaining('waited for'),
    })
    await place.deliver([])
    await runs.letPass(id)
    await runs.turn(place)
    expect(await runs.read(id)).toMatchObject({ state: 'done' })
    expect(await rowsOf(place)).toEqual(nothing)
  }, 30_000)

  test('does not take a connection that was made again meanwhile', async () => {
    const id = await runs.ask(place, 'erase')
    let reports = 0
    const interrupted = openRuns(bench, {
      alive: () => {
        reports += 1
        if (reports > 6) throw new LeaseLostError()
      },
    })
    await interrupted.turn(place)
    await place.rows(`update connection set state = 'connected' where id = $1`)
    await place.rows(`update run set steps = jsonb_set(steps, '{0,state}', '"done"') where connection_id = $1`)
    await runs.letPass(id)
    await runs.turn(place)
    expect((await rowsOf(place)).connection).toBe(1)
    expect(await runs.read(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('connected again') })
  })
})
