import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { claimDeliveries, maxAttempts, nextDeliveryDue, openDatabase, replayDelivery, tokenSealContext } from '@worksights/database'
import { noEndings } from './instruments.ts'
import { type Bench, eventsBy, newKeyRing, openBench, type TestConnection, type Worker } from './testing/bench.ts'
import { waitUntil } from './testing/wait.ts'

/*
 * Who works a delivery, how often, and what happens when that goes wrong.
 */

let bench: Bench
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>
let acme: string

beforeAll(async () => {
  bench = await openBench()
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
  acme = (await bench.attio.write('POST', '/v2/objects/companies/records', { values: { name: 'Acme Corp' } })).record_id ?? ''
}, 60_000)
beforeEach(async () => {
  worker = bench.worker()
  place = await bench.connect()
  bench.logged.length = 0
})
afterEach(() => bench.attio.heal())
afterAll(() => bench.close())

const comment = () => by.comment('created', acme)
const windows = async () => (await place.events()).map(event => event.window_ms)
/** Makes Postgres refuse events of one type, whatever they are. */
async function refuse(eventType: string): Promise<() => Promise<unknown>> {
  const name = `refused_${randomUUID().replaceAll('-', '')}`
  await bench.database.pool.query(`alter table event add constraint ${name} check (event_type <> '${eventType}') not valid`)
  return () => bench.database.pool.query(`alter table event drop constraint ${name}`)
}

describe('leases', () => {
  test('two workers share a backlog and work no delivery twice', async () => {
    await place.deliver(...Array.from({ length: 230 }, () => [comment()]))
    const other = bench.worker()
    const turns = await Promise.all([worker, other].flatMap(one => [one.turn(place.connectionId), one.turn(place.connectionId)]))
    // What one is claiming the other passes over, so how they share is chance.
    expect(turns.every(turn => turn.deliveries <= 100)).toBe(true)
    while ((await worker.turn(place.connectionId)).deliveries > 0);
    const deliveries = await place.deliveries()
    expect(deliveries.every(delivery => delivery.state === 'processed' && delivery.attempts === 1)).toBe(true)
    expect(await place.events()).toHaveLength(230)
  })

  test('a turn says when more is due, and nothing when nothing is', async () => {
    await place.deliver(...Array.from({ length: 101 }, () => [comment()]))
    expect(await worker.turn(place.connectionId)).toMatchObject({ deliveries: 100, againInMs: 0 })
    expect(await worker.turn(place.connectionId)).toMatchObject({ deliveries: 1, againInMs: null })
    expect(await worker.turn(place.connectionId)).toEqual({ deliveries: 0, events: 0, failed: 0, ended: noEndings(), againInMs: null })
  })

  test('what a worker held when it died is taken over when its lease runs out, and its events exist once', async () => {
    await place.deliver([comment()], [comment()])
    await claimDeliveries(bench.database.pool, place.connectionId, 100, 300)
    const soon = await worker.turn(place.connectionId)
    expect(soon).toMatchObject({ deliveries: 0, againInMs: expect.any(Number) })
    await waitUntil(async () => (await nextDeliveryDue(bench.database.pool, place.connectionId)) === 0)
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([
      { state: 'processed', attempts: 2 },
      { state: 'processed', attempts: 2 },
    ])
    expect(await place.events()).toHaveLength(2)
  })

  test('a connection to the database that breaks in the middle of writing leaves nothing half-way', async () => {
    await place.deliver([comment()], [comment()])
    await worker.turn((await bench.connect()).connectionId)
    const blocker = openDatabase({ url: bench.url, applicationName: 'blocker', max: 1 })
    const turn = await blocker.transaction(async client => {
      await client.query('lock table event in exclusive mode')
      const working = worker.turn(place.connectionId)
      const broken = `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into event%'`
      await waitUntil(async () => ((await bench.database.pool.query(broken)).rowCount ?? 0) > 0)
      return { working }
    })
    expect(await turn.working).toMatchObject({ deliveries: 2, events: 2, failed: 0 })
    await blocker.close()
    expect(await place.deliveries()).toMatchObject([{ state: 'processed' }, { state: 'processed' }])
    expect(await place.events()).toHaveLength(2)
  })

  test('a slow worker whose lease was taken writes nothing', async () => {
    const slow = bench.worker({ windowMs: 1_000 })
    const quick = bench.worker({ windowMs: 2_000, holdMs: 0 })
    await place.deliver([comment()])
    await bench.attio.faults({ slow_ms: 300 })
    const late = slow.turn(place.connectionId)
    await waitUntil(async () => (await place.deliveries())[0]?.attempts === 1)
    await place.makeDue()
    await quick.begin(place.connectionId)
    expect(await late).toMatchObject({ deliveries: 1, events: 0 })
    expect(await windows()).toEqual([2_000])
  })

  test('a slow worker cannot put off what another has finished', async () => {
    await place.deliver([by.record('created', randomUUID(), randomUUID())])
    await bench.attio.faults({ slow_ms: 200 })
    const late = worker.turn(place.connectionId)
    await waitUntil(async () => (await place.deliveries())[0]?.attempts === 1)
    await place.rows(`update delivery set state = 'processed', due_at = null, attempts = 2, lease = 2 where connection_id = $1`)
    await late
    expect(await place.deliveries()).toMatchObject([{ state: 'processed', due_at: null, attempts: 2 }])
  })

  test('a worker that was stopped for so long that its delivery has been replayed meanwhile does not take the new lease for its own', async () => {
    const slow = bench.worker({ windowMs: 1_000 })
    const quick = bench.worker({ windowMs: 2_000, holdMs: 0 })
    const [id = ''] = await place.deliver([comment()])
    await bench.attio.faults({ slow_ms: 300 })
    const late = slow.turn(place.connectionId)
    await waitUntil(async () => (await place.deliveries())[0]?.attempts === 1)
    await place.makeDue()
    await quick.begin(place.connectionId)
    await place.rows('delete from event where connection_id = $1')
    await bench.database.transaction(client => replayDelivery(client, { ...place, id }))
    const [again] = await claimDeliveries(bench.database.pool, place.connectionId, 1, 60_000)
    expect(again).toMatchObject({ id, attempts: 1 })
    await late
    expect(await place.deliveries()).toMatchObject([{ state: 'received', due_at: expect.any(Date) }])
    expect(await place.events()).toEqual([])
  })

  test('a delivery worked again adds no event', async () => {
    await place.deliver([comment(), comment()])
    await worker.turn(place.connectionId)
    const before = await place.events()
    await place.rows(`update delivery set state = 'received', due_at = received_at where connection_id = $1`)
    await worker.turn(place.connectionId)
    expect(await place.events()).toEqual(before)
  })
})

describe('attempts', () => {
  test('a delivery that cannot be stored fails alone, pauses grow, and after the last attempt it is dead with a reason', async () => {
    const heal = await refuse('comment.resolved')
    try {
      await place.deliver([comment()], [by.comment('resolved', acme)], [comment()])
      const pauses: number[] = []
      for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
        await place.makeDue()
        await worker.turn(place.connectionId)
        const [before, poison, after] = await place.deliveries()
        expect([before, after]).toMatchObject([{ state: 'processed' }, { state: 'processed' }])
        expect(poison).toMatchObject({
          attempts: attempt,
          state: attempt < maxAttempts ? 'failed' : 'dead',
          reason: expect.stringContaining('events'),
        })
        if (poison?.due_at) pauses.push(poison.due_in_ms)
      }
      expect(pauses).toHaveLength(maxAttempts - 1)
      for (const [index, ms] of pauses.entries()) {
        expect(ms).toBeGreaterThan(Math.min(1_000 * 3 ** index, 600_000) * 0.6)
        expect(ms).toBeLessThan(Math.min(1_000 * 3 ** index, 600_000) * 1.3)
      }
      expect((await place.deliveries())[1]).toMatchObject({ due_at: null })
      expect(await place.events()).toHaveLength(2)
    } finally {
      await heal()
    }
  })

  test('a delivery that kills its worker each time is given up', async () => {
    await place.deliver([comment()])
    await place.rows('update delivery set attempts = $2 where connection_id = $1', maxAttempts)
    expect(await worker.turn(place.connectionId)).toMatchObject({ deliveries: 1, failed: 1, againInMs: null })
    expect(await place.deliveries()).toMatchObject([{ state: 'dead', reason: 'begun 8 times and never finished', due_at: null }])
  })

  test('what waits is put off alone; the others of its batch are done', async () => {
    await place.deliver([comment()], [by.record('created', randomUUID(), randomUUID())])
    const turn = await worker.turn(place.connectionId)
    expect(turn).toMatchObject({ deliveries: 2, events: 1, failed: 1 })
    expect(await place.deliveries()).toMatchObject([{ state: 'processed' }, { state: 'failed' }])
  })
})

describe('connections', () => {
  test('what still arrives for a connection that has ended is ignored', async () => {
    place = await bench.connect({ state: 'disconnected', token: null })
    await place.deliver([comment()])
    expect(await worker.turn(place.connectionId)).toMatchObject({ deliveries: 1, againInMs: null })
    expect(await place.deliveries()).toMatchObject([{ state: 'ignored', reason: 'the connection has ended' }])
  })

  test('a connection without a token keeps its deliveries waiting, at no attempt, and works them once it has one', async () => {
    place = await bench.connect({ token: null })
    await place.deliver([comment()])
    for (let look = 0; look < 20; look += 1) {
      expect(await worker.turn(place.connectionId)).toEqual({ deliveries: 0, events: 0, failed: 0, ended: noEndings(), againInMs: 5_000 })
    }
    expect(await place.deliveries()).toMatchObject([{ state: 'received', attempts: 0 }])
    const { sealed, keyId } = bench.keyRing.seal(await bench.attio.token(), tokenSealContext(place.connectionId))
    await place.rows('update connection set token_sealed = $2, token_key_id = $3 where id = $1', sealed, keyId)
    expect(await worker.turn(place.connectionId)).toMatchObject({ deliveries: 1, events: 1, againInMs: null })
    expect(await place.deliveries()).toMatchObject([{ state: 'processed', attempts: 1 }])
  })

  test('a connection without a token and without deliveries is not looked at again', async () => {
    place = await bench.connect({ token: null })
    expect(await worker.turn(place.connectionId)).toMatchObject({ againInMs: null })
  })

  test('with a wrong encryption key nothing is lost, and the log says which key', async () => {
    const lost = bench.worker({ keyRing: newKeyRing() })
    await place.deliver([comment()])
    await expect(lost.turn(place.connectionId)).rejects.toThrow(/Encryption key "test" did not open the secret/)
    expect(await place.deliveries()).toMatchObject([{ state: 'received', attempts: 0 }])
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'processed', attempts: 1 }])
  })

  test('a connection sees no label, member or event of another', async () => {
    const other = await bench.connect()
    await place.deliver([comment()])
    await worker.turn(place.connectionId)
    for (const table of ['label', 'member', 'event']) {
      expect(await other.rows(`select 1 from ${table} where connection_id = $1`)).toEqual([])
    }
  })
})

test('no token, body or name is in the log, whatever fails', async () => {
  const heal = await refuse('comment.resolved')
  try {
    await place.deliver([comment()], [by.comment('resolved', acme)], '{"events": "canary-in-a-body"}')
    await worker.turn(place.connectionId)
    await bench.attio.faults({ server_errors: {} })
    await place.deliver([by.comment('created', randomUUID())])
    await worker.turn(place.connectionId)
  } finally {
    await heal()
  }
  const log = bench.logged.join('')
  expect(log).toContain('a delivery could not be worked')
  expect(log).toContain('attio call failed')
  for (const secret of [place.token ?? '', 'Acme Corp', 'canary-in-a-body', 'Ada', acme]) expect(log).not.toContain(secret)
})
