import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, queueBackends } from '@worksights/dev-stack/testing'
import { type TimelineApi, timelineApi } from './harness/api.ts'
import { openDeliveries, post, type StoredDelivery } from './harness/deliveries.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/*
 * What arrives at the gateway's door, good and bad, and where it ends.
 */

const ada = 'ada.lovelace@northwind.example'

describe.each(queueBackends())('deliveries, with queues on $name', backend => {
  let stack: RunningStack
  let api: TimelineApi
  let attio: Simulator
  let stored: ReturnType<typeof openDeliveries>
  let records: string
  let other: string
  let companies: string
  let member: string

  beforeAll(async () => {
    const database = await createTestDatabase()
    await database.drop()
    stack = await startWholeStack(backend.name === 'redis' ? { REDIS_URL: backend.url(database) } : {})
    api = timelineApi(stack.info.urls.api, stack.info.organizations.northwind.admin.token)
    attio = await openSimulator(stack.info.urls.attio)
    stored = openDeliveries(stack.info.database_url)
    const webhook = (purpose: string) => stack.info.webhook_endpoints.find(item => item.purpose === purpose)?.attio_webhook_id ?? ''
    records = webhook('records')
    other = webhook('other')
    companies = attio.ids.objects.companies ?? ''
    member = attio.ids.members[ada] ?? ''
  }, 120_000)
  afterAll(async () => {
    await stored?.close()
    await stack?.stop()
  }, 60_000)

  const created = (recordId: string, actor: object = { type: 'workspace-member', id: member }) => ({
    event_type: 'record.created',
    id: { workspace_id: 'w', object_id: companies, record_id: recordId },
    actor,
  })
  const updated = (recordId: string) => ({
    event_type: 'record.updated',
    id: { workspace_id: 'w', object_id: companies, record_id: recordId, attribute_id: randomUUID() },
    actor: { type: 'workspace-member', id: member },
  })
  /** The delivery once nothing is owed on it. */
  async function final(key: string): Promise<StoredDelivery> {
    const deadline = Date.now() + 15_000
    for (;;) {
      const delivery = await stored.byKey(key)
      const settled =
        delivery && !['received', 'failed'].includes(delivery.state) && delivery.events.every(event => event.state !== 'pending')
      if (settled) return delivery
      if (Date.now() > deadline) throw new Error(`Not final after 15 s: ${JSON.stringify(delivery)}`)
      await pause(50)
    }
  }

  test('200 parallel posts of one key are one delivery, every answer is 200, and the repeats are counted', async () => {
    const recordId = randomUUID()
    const { statuses, key } = await post(attio, {
      webhook_id: records,
      events: [created(recordId)],
      times: 200,
      parallel: 200,
      idempotency_key: randomUUID(),
    })
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await final(key)).toMatchObject({ state: 'processed', repeats: 199 })
    await api.until(recordId, lines => lines.length === 1)
  })

  test.each([
    ['no event', 0, 'ignored', 0],
    ['one event', 1, 'processed', 1],
    ['fifty events', 50, 'processed', 50],
  ])('a delivery of %s ends in a final state', async (_, count, state, lines) => {
    const ids = Array.from({ length: count }, () => randomUUID())
    const { statuses, key } = await post(attio, { webhook_id: records, events: ids.map(id => created(id)) })
    expect(statuses).toEqual([200])
    const delivery = await final(key)
    expect(delivery.state).toBe(state)
    expect(delivery.events).toHaveLength(lines)
    for (const id of ids.slice(0, 3)) await api.until(id, found => found.length === 1)
  })

  test.each([
    ['an event type of tomorrow', () => [{ event_type: 'record.archived', id: {}, actor: null }], 'ignored', 'unsupported event'],
    [
      'an event of the activities feature',
      () => [{ event_type: 'activity.created', id: { activity_id: 'a' }, actor: null }],
      'ignored',
      'unsupported event',
    ],
    ['an event without its ids', () => [{ event_type: 'record.created', id: {}, actor: null }], 'ignored', /^unreadable event/],
    ['an actor without an id', () => [created(randomUUID(), { type: 'workspace-member', id: null })], 'filtered', 'automation'],
    ['automation', () => [created(randomUUID(), { type: 'system', id: null })], 'filtered', 'automation'],
    ['a stranger', () => [created(randomUUID(), { type: 'workspace-member', id: randomUUID() })], 'ignored', 'unknown member'],
  ])('%s ends in its state with a reason', async (_, events, state, reason) => {
    const { statuses, key } = await post(attio, { webhook_id: records, events: events() })
    expect(statuses).toEqual([200])
    const delivery = await final(key)
    expect(delivery.state).toBe(state)
    if (typeof reason === 'string') expect(delivery.reason).toBe(reason)
    else expect(delivery.reason).toMatch(reason)
  })

  test('ids that Attio does not know (a test event) make a line with a short id, pending until it is sure', async () => {
    const recordId = '9e578106-8f64-509c-81f7-c7fc85f327bd'
    const { key } = await post(attio, { webhook_id: records, events: [updated(recordId)] })
    expect(await final(key)).toMatchObject({ state: 'processed' })
    const [line] = await api.until(recordId, lines => lines.length === 1)
    expect(line).toMatchObject({ title: '9e578106 > Updated', name_state: 'pending' })
    expect(line?.detail).toMatch(/^Updated field [0-9a-f]{8}$/)
  })

  test('a person without a name goes by the e-mail address', async () => {
    const email = `nameless-${Date.now()}@example.com`
    const values = { email_addresses: [email] }
    const id = idOf(await attio.write('POST', '/v2/objects/people/records', ada, { values }), 'record_id')
    const [line] = await api.until(id, lines => lines.length === 1)
    expect(line).toMatchObject({ title: `${email} > Created`, detail: 'Created person' })
  })

  test('what can happen only once is told once, through whichever webhook and with whatever key', async () => {
    const recordId = randomUUID()
    const keys = []
    for (const webhook_id of [records, other, records]) keys.push((await post(attio, { webhook_id, events: [created(recordId)] })).key)
    const states = []
    for (const key of keys) states.push((await final(key)).events[0]?.state)
    expect(states.sort()).toEqual(['duplicate', 'duplicate', 'projected'])
    expect(await api.about(recordId)).toHaveLength(1)
  })

  test('a body replayed with another key is stored and absorbed by its window', async () => {
    const recordId = randomUUID()
    const event = updated(recordId)
    for (let time = 0; time < 3; time += 1) await final((await post(attio, { webhook_id: records, events: [event] })).key)
    const [line] = await api.until(recordId, lines => lines[0]?.event_count === 3)
    expect(line).toMatchObject({ fields: 1 })
    expect(await api.about(recordId)).toHaveLength(1)
  })

  test('equal events of two webhooks within a minute are one', async () => {
    const recordId = randomUUID()
    const event = updated(recordId)
    for (const webhook_id of [records, other]) await final((await post(attio, { webhook_id, events: [event] })).key)
    const [line] = await api.about(recordId)
    expect(line).toMatchObject({ event_count: 1 })
  })

  test.each([
    ['a bad signature', { json: { events: [] }, signature: 'bad' }, 401],
    ['no signature', { json: { events: [] }, signature: 'none' }, 401],
    ['half a signature', { json: { events: [] }, signature: 'short' }, 401],
    ['another secret', { json: { events: [] }, secret: 'f'.repeat(64) }, 401],
    ['a body of 10 MB', { body: 'x'.repeat(10_000_000) }, 413],
    ['text that is not JSON, well signed', { body: 'hello' }, 400],
    ['a truncated body, well signed', { body: '{"webhook_id":"w","events":[{"event_' }, 400],
    ['bytes that are not UTF-8, well signed', { body_base64: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]).toString('base64') }, 400],
  ])('%s is refused and nothing of it is stored', async (_, body, status) => {
    const before = await stored.count()
    const { statuses } = await post(attio, { webhook_id: records, ...body })
    // A gateway that closes the connection on an oversized body may cut the sender off before it reads the answer.
    expect(status === 413 ? [413, null] : [status]).toContain(statuses[0])
    expect(await stored.count()).toBe(before)
  })

  test('an endpoint nobody issued answers 404', async () => {
    const { statuses } = await post(attio, {
      target_url: `${stack.info.urls.gateway}/webhooks/attio/${'a'.repeat(43)}`,
      secret: 's',
      json: { events: [] },
    })
    expect(statuses).toEqual([404])
  })

  test('authentic JSON of an unknown shape is stored and ignored', async () => {
    const { statuses, key } = await post(attio, { webhook_id: records, json: { hello: 'Attio' } })
    expect(statuses).toEqual([200])
    expect(await final(key)).toMatchObject({ state: 'ignored', reason: expect.stringMatching(/shape/) })
  })

  test('a delivery without a key is never taken for a repeat', async () => {
    const before = await stored.count()
    await post(attio, { webhook_id: records, json: { events: [] }, idempotency_key: null, times: 3 })
    expect(await stored.count()).toBe(before + 3)
  })

  test('in the end nothing is owed to anybody', async () => {
    while ((await stored.owed()) > 0) await pause(100)
  })
})
