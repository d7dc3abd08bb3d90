import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { at, list, type OpenReceiver, type OpenSimulator, openReceiver, openSimulator, text, until } from './harness.ts'

const ada = 'ada.lovelace@northwind.example'

let attio: OpenSimulator
let target: OpenReceiver
beforeAll(async () => {
  attio = await openSimulator()
})
afterAll(() => attio.close())
beforeEach(async () => {
  target = await openReceiver()
  await attio.control('DELETE', '/faults')
  await attio.faults({ deliveries_per_second: 1_000, write_limit: null, read_limit: null })
})
afterEach(async () => {
  for (const webhook of list((await attio.api('GET', '/webhooks?limit=100')).body, 'data'))
    await attio.api('DELETE', `/webhooks/${text(webhook, 'id', 'webhook_id')}`)
  await target.close()
})

const company = async (name = 'Delivered', who = ada) =>
  text((await attio.person(who, 'POST', '/objects/companies/records', { data: { values: { name } } })).body, 'data', 'id', 'record_id')
const deliveries = async () => list((await attio.control('GET', '/deliveries')).body, 'deliveries')
const statusOf = async (id: string) => at((await attio.api('GET', `/webhooks/${id}`)).body, 'data', 'status')

describe('a delivery', () => {
  test('carries the envelope in compact JSON, signed twice over its exact bytes, with a key', async () => {
    const webhook = await attio.subscribe(target.url, ['record.created'])
    const id = await company('Ünïcode 🎉')
    await until('the delivery', () => target.received.length === 1)
    const [delivery] = target.received
    const signature = createHmac('sha256', webhook.secret)
      .update(delivery?.body ?? '')
      .digest('hex')
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'attio-signature': signature,
      'x-attio-signature': signature,
    })
    expect(delivery?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    const member = attio.simulator.world
      .find('northwind')
      ?.members.all()
      .find(row => row.email === ada)
    const objectId = attio.simulator.world
      .find('northwind')
      ?.objects.all()
      .find(row => row.slug === 'companies')?.id
    const expected = {
      webhook_id: webhook.id,
      events: [
        {
          event_type: 'record.created',
          id: { workspace_id: attio.simulator.world.find('northwind')?.id, object_id: objectId, record_id: id },
          actor: { type: 'workspace-member', id: member?.id },
        },
      ],
    }
    expect(delivery?.body.toString()).toBe(JSON.stringify(expected))
  })

  test('goes out only to webhooks whose event type and filter fit', async () => {
    await attio.subscribe(target.url, ['record.created', 'record.updated'], {
      $and: [{ field: 'actor.type', operator: 'equals', value: 'workspace-member' }],
    })
    const id = await company('Filtered', 'system')
    await attio.person(ada, 'PATCH', `/objects/companies/records/${id}`, { data: { values: { description: 'by Ada' } } })
    await until('the member’s event', () => target.received.length === 1)
    expect(target.types()).toEqual(['record.updated'])
  })

  test('tells one record.updated per attribute that really changed, and none for what stayed', async () => {
    await attio.subscribe(target.url, ['record.updated', 'record.deleted'])
    const id = await company('Same')
    await attio.person(ada, 'PATCH', `/objects/companies/records/${id}`, { data: { values: { name: 'Same', description: 'new', fit: 3 } } })
    await attio.person(ada, 'DELETE', `/objects/companies/records/${id}`)
    await until('three deliveries', () => target.received.length === 3)
    expect(target.types().toSorted()).toEqual(['record.deleted', 'record.updated', 'record.updated'])
    const attributes = target.events().map(event => at(event, 'id', 'attribute_id'))
    expect(new Set(attributes.filter(attribute => attribute !== undefined)).size).toBe(2)
  })

  test('is tried again with the same key and body until it is taken', async () => {
    await attio.faults({ retry_schedule_ms: [10, 20, 30] })
    target.answer(count => (count < 3 ? 500 : 200))
    await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('the delivery to be taken', async () => at((await deliveries()).at(-1), 'state') === 'delivered')
    expect(target.received).toHaveLength(3)
    expect(new Set(target.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(new Set(target.received.map(({ body }) => body.toString())).size).toBe(1)
    expect(list((await deliveries()).at(-1), 'attempts').map(attempt => at(attempt, 'status'))).toEqual([500, 500, 200])
  })

  test('counts a redirect and silence past the time-out as failures', async () => {
    await attio.faults({ retry_schedule_ms: [10, 20], delivery_timeout_ms: 100 })
    target.answer(count => (count === 1 ? 302 : count === 2 ? 'silence' : 200))
    await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('the delivery to be taken', async () => at((await deliveries()).at(-1), 'state') === 'delivered')
    const attempts = list((await deliveries()).at(-1), 'attempts')
    expect(attempts.map(attempt => at(attempt, 'status'))).toEqual([302, null, 200])
    expect(at(attempts[1], 'problem')).toContain('timeout')
  })

  test('with success_rule 200-202, a 204 is a failure', async () => {
    await attio.faults({ retry_schedule_ms: [10], success_rule: '200-202' })
    target.answer(count => (count === 1 ? 204 : 202))
    await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('two attempts', () => target.received.length === 2)
  })

  test('leaves its webhook degraded when the retries run out, then inactive, which gets nothing more', async () => {
    await attio.faults({ retry_schedule_ms: [5, 5] })
    target.answer(() => 500)
    const webhook = await attio.subscribe(target.url, ['record.created'])
    expect(await statusOf(webhook.id)).toBe('active')
    await company()
    await until('degraded', async () => (await statusOf(webhook.id)) === 'degraded')
    expect(target.received).toHaveLength(3)
    await company()
    await until('a delivery to the degraded webhook', () => target.received.length === 6)
    await attio.faults({ degraded_to_inactive_ms: 0 })
    expect(await statusOf(webhook.id)).toBe('inactive')
    const known = (await deliveries()).length
    await company()
    expect(await deliveries()).toHaveLength(known)
  })

  test('makes a degraded webhook active again only where that is switched on', async () => {
    await attio.faults({ retry_schedule_ms: [] })
    target.answer(count => (count === 1 ? 500 : 200))
    const webhook = await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('degraded', async () => (await statusOf(webhook.id)) === 'degraded')
    await company()
    await until('a taken delivery', () => target.received.length === 2)
    expect(await statusOf(webhook.id)).toBe('degraded')
    await attio.faults({ degraded_recovery: 'on_success' })
    await company()
    await until('active', async () => (await statusOf(webhook.id)) === 'active')
  })

  test('whose webhook is deleted is dropped with its retries', async () => {
    await attio.faults({ retry_schedule_ms: [60] })
    target.answer(() => 500)
    const webhook = await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('the first attempt', () => target.received.length === 1)
    await attio.api('DELETE', `/webhooks/${webhook.id}`)
    await until('dropped', async () => at((await deliveries()).at(-1), 'state') === 'dropped')
    expect(target.received).toHaveLength(1)
  })

  test('can be sent again by hand with its key', async () => {
    await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('the delivery', async () => at((await deliveries()).at(-1), 'state') === 'delivered')
    const again = await attio.control('POST', `/deliveries/${text((await deliveries()).at(-1), 'id')}/redeliver`)
    expect(at(again.body, 'attempt', 'status')).toBe(200)
    expect(target.received[1]?.headers['idempotency-key']).toBe(target.received[0]?.headers['idempotency-key'])
  })
})

describe('subscriptions', () => {
  test('the same target, event type and filter twice is 409; null equals an empty $and', async () => {
    const body = (filter: unknown) => ({ data: { target_url: target.url, subscriptions: [{ event_type: 'task.created', filter }] } })
    expect((await attio.api('POST', '/webhooks', body(null))).status).toBe(200)
    expect(await attio.api('POST', '/webhooks', body({ $and: [] }))).toMatchObject({ status: 409, body: { code: 'uniqueness_conflict' } })
    expect((await attio.api('POST', '/webhooks', body({ $and: [{ field: 'actor.type', operator: 'equals', value: 'app' }] }))).status).toBe(
      200,
    )
  })

  test('a filter on a list that does not exist, an unknown type, and a target that is no URL are 400', async () => {
    const post = (target_url: string, event_type: string, filter: unknown) =>
      attio.api('POST', '/webhooks', { data: { target_url, subscriptions: [{ event_type, filter }] } })
    const condition = { $and: [{ field: 'id.list_id', operator: 'equals', value: 'nothing' }] }
    expect(await post(target.url, 'list-entry.created', condition)).toMatchObject({
      status: 400,
      body: { message: 'Related list not found' },
    })
    expect((await post(target.url, 'record.exploded', null)).status).toBe(400)
    expect((await post('ftp://example.com', 'task.created', null)).status).toBe(400)
  })

  test('plain http is refused where the simulator was started https-only', async () => {
    const strict = await openSimulator({ webhookTargets: 'https' })
    const reply = await strict.api('POST', '/webhooks', {
      data: { target_url: target.url, subscriptions: [{ event_type: 'task.created', filter: null }] },
    })
    await strict.close()
    expect(reply.status).toBe(400)
  })

  test('a PATCH keeps id and secret, and the new filter holds at once', async () => {
    const webhook = await attio.subscribe(target.url, ['record.created'])
    const nothing = { $and: [{ field: 'actor.type', operator: 'equals', value: 'nobody' }] }
    await attio.api('PATCH', `/webhooks/${webhook.id}`, { data: { subscriptions: [{ event_type: 'record.created', filter: nothing }] } })
    await company()
    await attio.api('PATCH', `/webhooks/${webhook.id}`, { data: { subscriptions: [{ event_type: 'record.created', filter: null }] } })
    await company()
    await until('the one delivery', () => target.received.length === 1)
    const [delivery] = target.received
    expect(delivery?.headers['attio-signature']).toBe(
      createHmac('sha256', webhook.secret)
        .update(delivery?.body ?? '')
        .digest('hex'),
    )
  })
})

describe('faults of delivery', () => {
  test('duplicate_deliveries sends copies with the same key', async () => {
    await attio.faults({ duplicate_deliveries: 2 })
    await attio.subscribe(target.url, ['record.created'])
    await company()
    await until('three copies', () => target.received.length === 3)
    expect(new Set(target.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })

  test('batch_events puts several into one delivery, and none stays behind', async () => {
    await attio.faults({ batch_events: 3 })
    await attio.subscribe(target.url, ['record.created'])
    for (const name of ['1', '2', '3', '4']) await company(name)
    await until('four events', () => target.events().length === 4)
    expect(Math.max(...target.received.map(({ json }) => list(json, 'events').length))).toBeGreaterThan(1)
  })

  test('reorder sends all, in another order', async () => {
    await attio.faults({ reorder: 10 })
    await attio.subscribe(target.url, ['record.created'])
    const made: string[] = []
    for (let index = 0; index < 10; index += 1) made.push(await company(String(index)))
    await until('all ten', () => target.received.length === 10)
    const seen = target.events().map(event => text(event, 'id', 'record_id'))
    expect(seen.toSorted()).toEqual(made.toSorted())
    expect(seen).not.toEqual(made)
  })

  test('unknown_events and null_actor_id change what is told, not what happened', async () => {
    await attio.faults({ unknown_events: 1, null_actor_id: true })
    await attio.subscribe(target.url, ['record.created'])
    await company()
    await company()
    await until('all deliveries', () => target.received.length === 4)
    expect(target.types().toSorted()).toEqual(['activity.created', 'hologram.projected', 'record.created', 'record.created'])
    for (const event of target.events()) expect(at(event, 'actor')).toEqual({ type: 'workspace-member', id: null })
  })
})

describe('faults of what events a change fires', () => {
  const all = [
    'record.created',
    'record.updated',
    'record.deleted',
    'record.merged',
    'list-entry.deleted',
    'note.deleted',
    'comment.deleted',
  ]

  test('extra_record_updated follows a creation with one event per value', async () => {
    await attio.faults({ extra_record_updated: true })
    await attio.subscribe(target.url, all)
    await company()
    await until('both', () => target.received.length === 2)
    expect(target.types().toSorted()).toEqual(['record.created', 'record.updated'])
  })

  test.each([
    [false, ['record.deleted']],
    [true, ['list-entry.deleted', 'note.deleted', 'record.deleted']],
  ])('delete_cascades %s: a deleted record with an entry and a note tells %j', async (cascades, expected) => {
    await attio.faults({ delete_cascades: cascades })
    const id = await company()
    await attio.person(ada, 'POST', '/lists/hot_leads/entries', {
      data: { parent_object: 'companies', parent_record_id: id, entry_values: {} },
    })
    await attio.person(ada, 'POST', '/notes', { data: { parent_object: 'companies', parent_record_id: id, title: 'x', content: '' } })
    await attio.subscribe(target.url, all)
    await attio.person(ada, 'DELETE', `/objects/companies/records/${id}`)
    await until('the events', () => target.received.length >= expected.length)
    expect(target.types().toSorted()).toEqual(expected)
  })

  const merge = async () => {
    const [first, second] = [await company('One'), await company('Two')]
    await attio.subscribe(target.url, all)
    const merged = await attio.person(ada, 'POST', '/objects/companies/records/merge', {
      data: { primary_record_id: first, secondary_record_id: second },
    })
    return { first, second, status: merged.status, id: text(merged.body, 'data', 'id', 'record_id') }
  }

  test('a merge makes a new record, tells each original once, and the originals are gone', async () => {
    const { first, second, id } = await merge()
    await until('two events', () => target.received.length === 2)
    expect(
      target
        .events()
        .map(event => at(event, 'duplicate_record_id'))
        .toSorted(),
    ).toEqual([first, second].toSorted())
    expect(target.events().map(event => at(event, 'id', 'record_id'))).toEqual([id, id])
    expect((await attio.api('GET', `/objects/companies/records/${first}`)).status).toBe(404)
    expect(at((await attio.api('GET', `/objects/companies/records/${id}`)).body, 'data', 'values', 'name', 0, 'value')).toBe('One')
  })

  test('merge_events one and merge_created_deleted change its events', async () => {
    await attio.faults({ merge_events: 'one', merge_created_deleted: true })
    await merge()
    await until('four events', () => target.received.length === 4)
    expect(target.types().toSorted()).toEqual(['record.created', 'record.deleted', 'record.deleted', 'record.merged'])
  })

  test('merge_in_progress_ms answers the merge 202 and its result 404 merge_in_progress for a while', async () => {
    await attio.faults({ merge_in_progress_ms: 300 })
    const { id, status } = await merge()
    expect(status).toBe(202)
    expect(await attio.api('GET', `/objects/companies/records/${id}`)).toMatchObject({ status: 404, body: { code: 'merge_in_progress' } })
    await until('the result', async () => (await attio.api('GET', `/objects/companies/records/${id}`)).status === 200)
  })

  test('enrichment_burst has the system write 4 to 11 attributes of a new company', async () => {
    await attio.faults({ enrichment_burst: true })
    await attio.subscribe(target.url, all)
    await company()
    await until('the burst', () => target.received.length >= 5)
    const bySystem = target.events().filter(event => at(event, 'actor', 'type') === 'system')
    expect(bySystem.length).toBeGreaterThanOrEqual(4)
    expect(new Set(bySystem.map(event => at(event, 'event_type')))).toEqual(new Set(['record.updated']))
  })
})
