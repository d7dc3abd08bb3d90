import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { endAbandonedAttempts } from './abandoned.ts'
import { checkConnection } from './check.ts'
import { disconnect } from './disconnect.ts'
import { retargetWebhooks } from './retarget.ts'
import { openWorkshop, type Workshop } from './testing/workshop.ts'

/*
 * How a connection ends, and how its webhooks move to another address.
 */

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
})
afterEach(() => shop.heal())
afterAll(() => shop.close())

const revoke = async (token: string) => await shop.control('POST', '/tokens/revoke', { access_token: token })

describe('disconnecting', () => {
  test('deletes our webhooks at Attio and none else, forgets the token, and is in the history', async () => {
    const place = await shop.connect()
    const attio = await place.client()
    const theirs = await attio.createWebhook({
      targetUrl: 'https://elsewhere.example/hook',
      subscriptions: [{ event_type: 'note.created', filter: null }],
    })
    if (!theirs.ok) throw new Error(theirs.error.message)
    expect(await disconnect(await place.upkeep())).toEqual({ outcome: 'disconnected', webhooks: 'deleted' })
    expect((await place.remote()).map(({ id }) => id)).toEqual([theirs.data.id.webhook_id])
    expect(await place.webhooks()).toEqual([])
    expect(await place.row()).toMatchObject({ state: 'disconnected', state_reason: null, has_token: false, due_in_ms: null })
    expect((await place.history()).at(-1)).toBe('connected → disconnected')
  })

  test('also deletes the webhooks that were replaced and drain', async () => {
    const place = await shop.connect()
    const [first] = await place.webhooks()
    await shop.makeIll(first?.attio ?? '', 'inactive')
    await checkConnection(await place.upkeep())
    expect(await place.remote()).toHaveLength(3)
    await disconnect(await place.upkeep())
    expect(await place.remote()).toEqual([])
  })

  test('twice does no harm, and checks of what is disconnected do nothing', async () => {
    const place = await shop.connect()
    const late = await place.upkeep()
    expect(await disconnect(await place.upkeep())).toEqual({ outcome: 'disconnected', webhooks: 'deleted' })
    expect(await disconnect(await place.upkeep())).toEqual({ outcome: 'disconnected', webhooks: 'deleted' })
    expect(await checkConnection(late)).toEqual({ outcome: 'not_connected' })
    expect(await checkConnection(await place.upkeep())).toEqual({ outcome: 'not_connected' })
    expect(await place.row()).toMatchObject({ state: 'disconnected', has_token: false, due_in_ms: null })
    expect(await place.remote()).toEqual([])
    expect((await place.history()).filter(change => change.endsWith('disconnected'))).toHaveLength(1)
  })

  test('with a token that was replaced meanwhile ends nothing', async () => {
    const place = await shop.connect()
    const [stale, token] = [await place.upkeep(), await place.token()]
    await shop.connect({ again: place })
    await revoke(token)
    expect(await disconnect(stale)).toEqual({ outcome: 'unreachable' })
    expect(await place.row()).toMatchObject({ state: 'connected', has_token: true })
  })

  test('works with a dead token and says so; connecting again removes what was left at Attio', async () => {
    const place = await shop.connect()
    await revoke(await place.token())
    await checkConnection(await place.upkeep(), { adminWaits: true })
    expect(await disconnect(await place.upkeep())).toEqual({ outcome: 'disconnected', webhooks: 'token_dead' })
    expect(await place.row()).toMatchObject({ state: 'disconnected', has_token: false })
    expect((await place.gaps()).every(gap => gap.ended_at !== null)).toBe(true)
    const left = (await place.remote()).map(({ id }) => id)
    expect(left).toHaveLength(2)
    const again = await shop.connect({ again: place })
    expect(again.connectionId).toBe(place.connectionId)
    const kept = (await place.webhooks()).filter(({ retired }) => !retired).map(({ attio }) => attio)
    expect(kept).toHaveLength(2)
    expect(kept.some(id => left.includes(id))).toBe(false)
    // What was left still drains: silenced, it is deleted in four days.
    shop.later(5 * 24 * 60 * 60_000)
    await checkConnection(await place.upkeep())
    expect((await place.remote()).map(({ id }) => id).sort()).toEqual(kept.sort())
  })

  test('changes nothing while Attio does not answer, unless told to go on', async () => {
    const place = await shop.connect()
    await shop.faults({ server_errors: { status: 503 } })
    expect(await disconnect(await place.upkeep())).toEqual({ outcome: 'unreachable' })
    expect(await place.row()).toMatchObject({ state: 'connected', has_token: true })
    expect(await disconnect(await place.upkeep(), { evenIfUnreachable: true })).toEqual({
      outcome: 'disconnected',
      webhooks: 'left_behind',
    })
    expect(await place.row()).toMatchObject({ state: 'disconnected', has_token: false })
  })

  test('is what becomes of an attempt to connect that died an hour ago, so that others can connect the workspace', async () => {
    const [dead, young] = [await shop.connect(), await shop.connect()]
    await shop.owner.pool.query(
      `update connection set state = 'needs_attention', state_reason = 'connecting', token_sealed = null, token_key_id = null,
         state_since = now() - case id when $1::uuid then interval '61 minutes' else interval '59 minutes' end
       where id in ($1, $2)`,
      [dead.connectionId, young.connectionId],
    )
    expect(await shop.worker.transaction(endAbandonedAttempts)).toMatchObject([{ connectionId: dead.connectionId }])
    expect(await dead.row()).toMatchObject({ state: 'disconnected', state_reason: 'connect_failed' })
    expect(await young.row()).toMatchObject({ state: 'needs_attention' })
    expect((await shop.connect({ workspace: dead.workspace })).organizationId).not.toBe(dead.organizationId)
  })

  test('is written in the audit trail of connecting as two different things when it is connected again', async () => {
    const place = await shop.connect()
    await shop.connect({ again: place })
    await disconnect(await place.upkeep())
    await shop.connect({ again: place })
    const trail = await place.rows<{ action: string; actor_name: string; request_id: string }>(
      'select action, actor_name, request_id from audit_entry where connection_id = $1 order by at, id',
    )
    const by = { actor_name: 'Ada', request_id: 'request' }
    expect(trail).toEqual([
      { action: 'connection.connected', ...by },
      { action: 'connection.reauthorized', ...by },
      { action: 'connection.connected', ...by },
    ])
  })
})

describe('moving webhooks to a new address', () => {
  const gatewayUrl = 'https://new.example/gateway'

  test('keeps ids and secrets, and moves those on their way out too', async () => {
    const place = await shop.connect()
    const [first] = await place.webhooks()
    await shop.makeIll(first?.attio ?? '', 'inactive')
    await checkConnection(await place.upkeep())
    const before = await place.remote()
    const moved = await place.upkeep({ gatewayUrl })
    expect(await retargetWebhooks(moved)).toEqual({ outcome: 'retargeted', changed: 3, unchanged: 0, refused: 0 })
    expect(await retargetWebhooks(moved)).toEqual({ outcome: 'retargeted', changed: 0, unchanged: 3, refused: 0 })
    const expected = before.map(webhook => ({ ...webhook, target_url: webhook.target_url.replace(shop.gatewayUrl, gatewayUrl) }))
    expect(await place.remote()).toEqual(expected)
  })

  test('is also done by a check, without a new webhook', async () => {
    const place = await shop.connect()
    const before = await place.remote()
    expect(await checkConnection(await place.upkeep({ gatewayUrl }))).toMatchObject({
      state: 'connected',
      webhooks: [{ done: 'amended' }, { done: 'amended' }],
    })
    expect((await place.remote()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect((await place.remote()).every(({ target_url }) => target_url.startsWith(gatewayUrl))).toBe(true)
  })

  test('says what stands in the way', async () => {
    const place = await shop.connect()
    await shop.faults({ token_revoked: true })
    expect(await retargetWebhooks(await place.upkeep({ gatewayUrl }))).toEqual({ outcome: 'token_dead' })
    await shop.faults({ token_revoked: false, server_errors: { status: 503 } })
    expect(await retargetWebhooks(await place.upkeep({ gatewayUrl }))).toEqual({ outcome: 'unreachable' })
    await shop.heal()
    await disconnect(await place.upkeep())
    expect(await retargetWebhooks(await place.upkeep({ gatewayUrl }))).toEqual({ outcome: 'not_connected' })
  })
})
