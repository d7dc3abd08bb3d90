import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type StateReason, setConnectionState } from '@worksights/database'
import { systemClock } from '@worksights/runtime'
import { Webhook } from 'standardwebhooks'
import { type Bench, newKeyRing, openBench, type TestConnection } from '../testing/bench.ts'
import { type CheckingOptions, checkDue } from './check-connections.ts'
import { tellOperator } from './tell-operator.ts'

/*
 * Every connection is looked after when it is due, by one worker at a time, and the operator hears of what changed.
 */

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes …').toString('base64')}`
const never = new AbortController().signal

let bench: Bench
let options: CheckingOptions
beforeAll(async () => {
  bench = await openBench()
  options = {
    ...{ database: bench.database, keyRing: bench.keyRing, log: bench.log, clock: systemClock },
    attio: { apiUrl: bench.attio.url, appUrl: bench.attio.url },
    gatewayUrl: 'http://127.0.0.1:9/gateway',
    checkEveryMs: 300_000,
    checksAtOnce: 2,
  }
}, 60_000)
afterAll(() => bench.close())
// The bench's connections stand for what was connected long ago: their webhooks were never made.
beforeEach(() => bench.database.pool.query('delete from connection'))

const dueIn = async (place: TestConnection) =>
  (
    await place.rows<{ ms: number | null }>(
      'select (extract(epoch from check_due_at - now()) * 1000)::float8 as ms from connection where id = $1',
    )
  )[0]?.ms ?? null
const makeDue = (place: TestConnection, ago: string) =>
  place.rows(`update connection set check_due_at = now() - $2::interval where id = $1`, ago)
const madeAtAttio = async (place: TestConnection) =>
  (
    await place.rows<{ id: string }>('select attio_webhook_id as id from webhook where connection_id = $1 and attio_webhook_id is not null')
  ).map(({ id }) => id)

describe('checking connections', () => {
  test('takes no token for lost whose key another process has', async () => {
    const place = await bench.connect()
    await place.rows(`update connection set token_key_id = 'newer' where id = $1`)
    await makeDue(place, '1 second')
    expect(await checkDue(options, never)).toBe(1)
    expect(await place.rows('select state, state_reason from connection where id = $1')).toEqual([
      { state: 'connected', state_reason: null },
    ])
  })

  test('looks at each that is due, once, and at no other, and spreads when they are due again', async () => {
    const [late, later, fresh, ended] = await Promise.all([1, 2, 3, 4].map(() => bench.connect()))
    if (!late || !later || !fresh || !ended) throw new Error('no connections')
    await makeDue(late, '1 minute')
    await makeDue(later, '1 second')
    await makeDue(fresh, '-1 minute')
    expect(await checkDue(options, never)).toBe(2)
    for (const place of [late, later]) {
      expect(await dueIn(place)).toBeGreaterThan(4 * 60_000)
      expect(await madeAtAttio(place)).toHaveLength(2)
    }
    expect(await dueIn(late)).not.toBe(await dueIn(later))
    expect(await madeAtAttio(fresh)).toEqual([])
    expect(await dueIn(ended)).toBeNull()
    expect(await checkDue(options, never)).toBe(0)
  })

  test('is shared out between workers: none is checked by two', async () => {
    const places = await Promise.all([1, 2, 3, 4, 5, 6].map(() => bench.connect()))
    for (const place of places) await makeDue(place, '1 second')
    const counts = await Promise.all([checkDue(options, never), checkDue(options, never), checkDue(options, never)])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6)
    for (const place of places) expect(await madeAtAttio(place)).toHaveLength(2)
  })

  test('goes on with the others where one cannot be checked, since its token does not open, says that it has to be connected again, and tries it again later', async () => {
    const [sealedAway, fine] = await Promise.all([bench.connect(), bench.connect()])
    const other = newKeyRing().seal('token', 'elsewhere')
    await sealedAway?.rows('update connection set token_sealed = $2 where id = $1', other.sealed)
    if (!sealedAway || !fine) throw new Error('no connections')
    await makeDue(sealedAway, '1 minute')
    await makeDue(fine, '1 second')
    expect(await checkDue(options, never)).toBe(2)
    expect(await madeAtAttio(fine)).toHaveLength(2)
    expect(await dueIn(sealedAway)).toBeGreaterThan(4 * 60_000)
    const standing = await sealedAway.rows('select state, state_reason from connection where id = $1')
    expect(standing).toEqual([{ state: 'needs_attention', state_reason: 'token_lost' }])
    expect(bench.logged.join('')).toContain('a connection could not be checked')
  })

  test('stops when told to', async () => {
    const place = await bench.connect()
    await makeDue(place, '1 second')
    expect(await checkDue(options, AbortSignal.abort())).toBe(0)
  })
})

describe('telling the operator', () => {
  type Received = { headers: Record<string, string>; body: string }
  async function listen(answer: (count: number) => number) {
    const received: Received[] = []
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() })
        response.writeHead(answer(received.length)).end('heard')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      received,
      operator: { url: `http://127.0.0.1:${port}/hook?from=worksights`, secret },
      close: () => new Promise(resolve => server.close(resolve)),
    }
  }
  const change = (place: TestConnection, reason: StateReason) =>
    bench.database.transaction(client =>
      setConnectionState(client, { id: place.connectionId, organizationId: place.organizationId }, { state: 'degraded', reason }),
    )
  const owed = async (place: TestConnection) =>
    await place.rows<{ told: boolean; due: number | null; attempts: number }>(
      `select told_at is not null as told, tell_attempts as attempts, (extract(epoch from tell_due_at - now()) * 1000)::float8 as due
       from connection_state_change where connection_id = $1 order by at`,
    )
  const tell = (operator: { url: string; secret: string } | null) => tellOperator({ ...bench, operator }, never)

  test('sends each change once, signed so that it can be verified', async () => {
    const hook = await listen(() => 204)
    const place = await bench.connect()
    await change(place, 'webhook_degraded')
    expect(await tell(hook.operator)).toBe(1)
    expect(await tell(hook.operator)).toBe(0)
    await hook.close()
    const [{ headers, body } = { headers: {}, body: '' }, ...more] = hook.received
    expect(more).toEqual([])
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      type: 'connection.state_changed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        connection_id: place.connectionId,
        organization_id: place.organizationId,
        workspace: { id: expect.any(String), name: 'Northwind' },
        from: { state: 'connected', reason: null },
        to: { state: 'degraded', reason: 'webhook_degraded' },
      },
    })
    expect(await owed(place)).toMatchObject([{ told: true, due: null }])
  })

  test('is tried again with growing pauses and one id until it is answered', async () => {
    const hook = await listen(count => (count < 4 ? 500 : 200))
    const place = await bench.connect()
    await change(place, 'webhook_degraded')
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await place.rows(`update connection_state_change set tell_due_at = now() - interval '1 second' where connection_id = $1`)
      await tell(hook.operator)
      pauses.push((await owed(place))[0]?.due ?? 0)
    }
    await hook.close()
    expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0)
    expect(pauses[2]).toBeGreaterThan(pauses[1] ?? 0)
    expect(await owed(place)).toMatchObject([{ told: true, due: null, attempts: 4 }])
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('is given up after a day, and that is logged', async () => {
    const place = await bench.connect()
    await change(place, 'webhook_degraded')
    await place.rows(`update connection_state_change set at = now() - interval '25 hours' where connection_id = $1`)
    expect(await tell({ url: 'http://127.0.0.1:9/nobody', secret })).toBe(0)
    expect(await owed(place)).toMatchObject([{ told: false, due: null }])
    expect(bench.logged.join('')).toContain('it is given up')
  })

  test('follows no redirect, and owes nothing where there is no operator’s webhook', async () => {
    const hook = await listen(() => 302)
    const place = await bench.connect()
    await change(place, 'webhook_degraded')
    expect(await tell(hook.operator)).toBe(0)
    await hook.close()
    expect(await owed(place)).toMatchObject([{ told: false, attempts: 1 }])
    await tell(null)
    expect(await owed(place)).toMatchObject([{ told: false, due: null }])
  })
})
