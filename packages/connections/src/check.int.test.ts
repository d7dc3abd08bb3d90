import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { issueEndpoint, secretSealContext, WorkspaceBusyError, withWorkspaceLock } from '@worksights/database'
import { v7 as uuid } from 'uuid'
import { type CheckReport, checkConnection } from './check.ts'
import { openWorkshop, type Place, type Workshop } from './testing/workshop.ts'

/*
 * What a check finds, repairs and says, each against Attio's simulator.
 */

const minute = 60_000
const day = 24 * 60 * minute

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
})
afterEach(() => shop.heal())
afterAll(() => shop.close())

const check = async (place: Place, options?: Parameters<typeof checkConnection>[1]) => await checkConnection(await place.upkeep(), options)
const done = (report: CheckReport) =>
  report.outcome === 'checked' ? report.webhooks.map(one => `${one.purpose} ${one.found} ${one.done}`) : report.outcome

/** The webhook that is used for a purpose, as kept here. */
async function used(place: Place, purpose = 'records') {
  const found = (await place.webhooks()).find(webhook => webhook.purpose === purpose && !webhook.retired)
  if (!found) throw new Error(`no webhook for ${purpose}`)
  return found
}

async function remoteOf(place: Place, attioId: string) {
  return (await place.remote()).find(({ id }) => id === attioId)
}

describe('a connection that is well', () => {
  test('stays connected, is noted as checked, and is due again in about five minutes', async () => {
    const place = await shop.connect()
    const before = await place.remote()
    shop.later(minute)
    const report = await check(place)
    expect(report).toMatchObject({ outcome: 'checked', state: 'connected', reason: null, missingScopes: [] })
    expect(done(report)).toEqual(['records active kept', 'other active kept'])
    expect(await place.remote()).toEqual(before)
    const row = await place.row()
    expect(row.checked_at?.getTime()).toBeGreaterThan(Date.now() + 30_000)
    expect(row.due_in_ms).toBeGreaterThan(4 * minute)
    expect(row.due_in_ms).toBeLessThan(6 * minute)
    expect(await place.history()).toEqual(['needs_attention connecting → connected'])
    expect(await place.gaps()).toEqual([])
  })

  test('gets its address and its subscriptions corrected where Attio has others, ids and secrets stay', async () => {
    const place = await shop.connect()
    const [records, other] = [await used(place), await used(place, 'other')]
    const kept = await place.remote()
    const attio = await place.client()
    await attio.updateWebhook(records.attio, { targetUrl: 'https://elsewhere.example/hook' })
    await attio.updateWebhook(other.attio, { subscriptions: [{ event_type: 'note.created', filter: null }] })
    expect(done(await check(place))).toEqual(['records active amended', 'other active amended'])
    expect(await place.remote()).toEqual(kept)
    expect(done(await check(place))).toEqual(['records active kept', 'other active kept'])
  })

  test('is asked for the naming attribute of an object that was made since', async () => {
    const place = await shop.connect()
    const attio = await place.client()
    const objects = await attio.listObjects()
    const company = objects.ok ? objects.data.find(object => object.api_slug === 'projects') : undefined
    const made = await fetch(`${shop.url}/_simulator/api/v2/objects/${company?.id.object_id}/attributes?workspace=${place.workspace}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        data: {
          title: 'Code name',
          api_slug: 'code_name',
          type: 'text',
          description: null,
          is_required: false,
          is_unique: false,
          is_multiselect: false,
          config: {},
        },
      }),
    })
    expect(made.status).toBe(200)
    expect(done(await check(place))).toEqual(['records active amended', 'other active kept'])
  })
})

describe('a token', () => {
  test('that Attio calls dead once is doubted, and believed dead when it says so again a minute later; then a gap is open', async () => {
    const place = await shop.connect()
    await shop.faults({ token_revoked: true })
    expect(await check(place)).toEqual({ outcome: 'token_doubtful' })
    expect(await place.row()).toMatchObject({ state: 'connected' })
    expect((await place.row()).due_in_ms).toBeLessThan(62_000)
    shop.later(30_000)
    expect(await check(place)).toEqual({ outcome: 'token_doubtful' })
    expect((await place.row()).due_in_ms).toBeLessThan(32_000)
    shop.later(31_000)
    expect(await check(place)).toEqual({ outcome: 'token_dead' })
    expect(await place.row()).toMatchObject({ state: 'needs_attention', state_reason: 'token_dead', has_token: true })
    expect((await place.gaps()).map(gap => `${gap.purpose} ${gap.reason} ${gap.ended_at}`).sort()).toEqual([
      'other token_dead null',
      'records token_dead null',
    ])
    expect(shop.logged.some(line => line.includes('"warn"') && line.includes('token_dead'))).toBe(true)
  })

  test('that is dead is believed so at once by an admin who waits, since Attio’s other server says the same', async () => {
    const place = await shop.connect()
    await shop.faults({ token_revoked: true })
    expect(await check(place, { adminWaits: true })).toEqual({ outcome: 'token_dead' })
  })

  test('that lives again brings the connection back, and ends the gap', async () => {
    const place = await shop.connect()
    await shop.faults({ token_revoked: true })
    await check(place, { adminWaits: true })
    await shop.heal()
    shop.later(minute)
    expect(await check(place)).toMatchObject({ outcome: 'checked', state: 'connected' })
    expect(await place.row()).toMatchObject({ state: 'connected', state_reason: null, token_dead_since: null })
    for (const gap of await place.gaps()) expect(gap.ended_at?.getTime()).toBeGreaterThan(gap.started_at.getTime())
    expect(await place.history()).toEqual([
      'needs_attention connecting → connected',
      'connected → needs_attention token_dead',
      'needs_attention token_dead → connected',
    ])
  })

  test('that died and was authorised anew is back at once, with the gap ended', async () => {
    const place = await shop.connect()
    await shop.faults({ token_revoked: true })
    await check(place, { adminWaits: true })
    await shop.heal()
    expect((await shop.connect({ again: place })).connectionId).toBe(place.connectionId)
    expect(await place.row()).toMatchObject({ state: 'connected', token_dead_since: null })
    expect((await place.gaps()).every(gap => gap.ended_at !== null)).toBe(true)
  })

  test('is not doubted for 401s, rate limits, errors, silence or nonsense: nothing changes but when to ask again', async () => {
    const place = await shop.connect()
    const before = await place.row()
    const remote = await place.remote()
    const quick = { times: 3 }
    for (const fault of [
      { spurious_401: {} },
      { server_errors: { status: 503 } },
      { rate_limit_storm: { retry_in_s: 0 } },
      { paths: [{ path: '^/v2/self$', status: 200, body: '<html>', content_type: 'text/html', ...quick }] },
      { paths: [{ path: '^/v2/webhooks$', status: 500 }] },
      { paths: [{ path: '^/v2/objects', status: 500 }] },
    ]) {
      await shop.faults(fault)
      expect(await check(place)).toEqual({ outcome: 'unreachable' })
      await shop.heal()
    }
    const { due_in_ms, ...after } = await place.row()
    expect(after).toEqual({ ...after, state: before.state, token_dead_since: null, checked_at: before.checked_at })
    expect(due_in_ms).toBeLessThan(5 * minute)
    expect(await place.remote()).toEqual(remote)
    expect(await place.gaps()).toEqual([])
  }, 60_000)

  test('that nobody could ask about for an hour is warned of', async () => {
    const place = await shop.connect()
    await shop.faults({ server_errors: { status: 502 } })
    await check(place)
    expect(shop.logged.some(line => line.includes('no verdict') && line.includes(place.connectionId) && line.includes('"warn"'))).toBe(
      false,
    )
    shop.later(61 * minute)
    await check(place)
    expect(shop.logged.some(line => line.includes('no verdict') && line.includes(place.connectionId) && line.includes('"warn"'))).toBe(true)
  })

  test('without the permission for webhooks needs attention; without another one the connection works and says what it lacks', async () => {
    const place = await shop.connect()
    await shop.faults({ missing_scopes: ['note:read-write', 'note:read'] })
    expect(await check(place)).toMatchObject({ outcome: 'checked', state: 'connected', missingScopes: ['note:read'] })
    expect((await place.row()).scopes.some(scope => scope.startsWith('note:'))).toBe(false)
    await shop.faults({ missing_scopes: ['webhook:read-write', 'webhook:read'] })
    expect(await check(place)).toMatchObject({ outcome: 'missing_permission', missingScopes: ['webhook:read-write'] })
    expect(await place.row()).toMatchObject({ state: 'needs_attention', state_reason: 'missing_permission' })
    await shop.heal()
    expect(await check(place)).toMatchObject({ outcome: 'checked', state: 'connected' })
  })
})

describe('a webhook that is degraded', () => {
  test('is kept, told and watched for five days; then a new one takes its place, and it is silenced, and deleted four days later', async () => {
    const place = await shop.connect()
    const old = await used(place)
    await shop.makeIll(old.attio, 'degraded')
    expect(await check(place)).toMatchObject({ outcome: 'checked', state: 'degraded', reason: 'webhook_degraded' })
    expect(await used(place)).toMatchObject({ id: old.id, status: 'degraded' })
    shop.later(4.9 * day)
    expect(done(await check(place))).toEqual(['records degraded kept', 'other active kept'])
    shop.later(0.2 * day)
    expect(done(await check(place))).toEqual(['records degraded replaced', 'other active kept'])
    expect(await place.row()).toMatchObject({ state: 'connected', state_reason: null })
    const made = await used(place)
    expect(made.endpoint_id).not.toBe(old.endpoint_id)
    expect((await remoteOf(place, made.attio))?.target_url.endsWith(made.endpoint_id)).toBe(true)
    const silent = await remoteOf(place, old.attio)
    expect(silent?.subscriptions.every(({ filter }) => JSON.stringify(filter).includes('nobody'))).toBe(true)
    expect((await place.webhooks()).find(({ id }) => id === old.id)).toMatchObject({ retired: true, silenced: true })
    // It delivered all the time.
    expect(await place.gaps()).toEqual([])
    shop.later(3.9 * day)
    await check(place)
    expect(await remoteOf(place, old.attio)).toBeDefined()
    shop.later(0.2 * day)
    await check(place)
    expect(await remoteOf(place, old.attio)).toBeUndefined()
    expect((await place.webhooks()).map(({ id }) => id)).not.toContain(old.id)
  })

  test('and recovers makes the connection well again', async () => {
    const place = await shop.connect()
    const { attio } = await used(place, 'other')
    await shop.makeIll(attio, 'degraded')
    await check(place)
    await shop.makeIll(attio, 'active')
    expect(await check(place)).toMatchObject({ state: 'connected', reason: null })
    expect((await place.history()).slice(1)).toEqual(['connected → degraded webhook_degraded', 'degraded webhook_degraded → connected'])
  })

  test('is not hidden by a new authorisation that keeps it', async () => {
    const place = await shop.connect()
    await shop.makeIll((await used(place)).attio, 'degraded')
    await shop.connect({ again: place })
    expect(await place.row()).toMatchObject({ state: 'degraded', state_reason: 'webhook_degraded' })
  })
})

describe('a webhook that does not deliver', () => {
  test.each([
    ['inactive', 'webhook_inactive', (_place: Place, id: string) => shop.makeIll(id, 'inactive')],
    ['missing', 'webhook_missing', (_place: Place, id: string) => shop.vanish(id)],
    [
      'secret_lost',
      'secret_lost',
      async (place: Place, id: string) => {
        const row = (await place.webhooks()).find(({ attio }) => attio === id)
        const other = shop.keyRing.seal('x', secretSealContext('another row'))
        await shop.owner.pool.query('update webhook set secret_sealed = $2 where id = $1', [row?.id, other.sealed])
      },
    ],
  ])('because it is %s is replaced at once, on another endpoint, and the gap is told', async (found, reason, breakIt) => {
    const place = await shop.connect()
    const old = await used(place)
    await breakIt(place, old.attio)
    shop.later(3 * minute)
    const before = shop.clock.now()
    expect(done(await check(place))).toEqual([`records ${found} replaced`, 'other active kept'])
    const made = await used(place)
    expect(made.endpoint_id).not.toBe(old.endpoint_id)
    expect(await remoteOf(place, made.attio)).toMatchObject({
      status: 'active',
      target_url: `${shop.gatewayUrl}/webhooks/attio/${made.endpoint_id}`,
    })
    const [gap] = await place.gaps()
    expect(gap).toMatchObject({ purpose: 'records', reason, started_at: old.checked_at })
    expect(gap?.ended_at?.getTime()).toBeGreaterThanOrEqual(before)
    expect(await place.row()).toMatchObject({ state: 'connected' })
    expect((await place.remote()).length).toBe(found === 'missing' ? 2 : 3)
    expect(done(await check(place))).toEqual(['records active kept', 'other active kept'])
    expect(await place.gaps()).toHaveLength(1)
  })

  test('and is found by a new authorisation is replaced by it, and the gap is told too', async () => {
    const place = await shop.connect()
    const old = await used(place)
    await shop.vanish(old.attio)
    shop.later(minute)
    await shop.connect({ again: place })
    expect(await place.gaps()).toMatchObject([{ purpose: 'records', reason: 'webhook_missing', started_at: old.checked_at }])
    expect((await place.gaps())[0]?.ended_at).not.toBeNull()
    expect((await place.webhooks()).find(({ id }) => id === old.id)).toMatchObject({ retired: true })
    expect(done(await check(place))).toEqual(['records active kept', 'other active kept'])
  })

  test('has a gap that begins with its last delivery where that came after the last check', async () => {
    const place = await shop.connect()
    const old = await used(place)
    await shop.owner.pool.query(
      `insert into delivery (id, organization_id, connection_id, webhook_id, body, received_at, due_at)
       select $1, $2, $3, $4, '', checked_at + interval '30 seconds', now() from webhook where id = $4`,
      [uuid(), place.organizationId, place.connectionId, old.id],
    )
    await shop.vanish(old.attio)
    shop.later(minute)
    await check(place)
    expect((await place.gaps())[0]?.started_at.getTime()).toBe(old.checked_at.getTime() + 30_000)
  })

  test('and cannot be replaced yet leaves an open gap and a degraded connection; the next check ends both', async () => {
    const place = await shop.connect()
    const old = await used(place)
    await shop.makeIll(old.attio, 'inactive')
    await shop.faults({ paths: [{ path: '^/v2/webhooks$', method: 'POST', status: 503 }] })
    const report = await check(place)
    expect(done(report)).toEqual(['records inactive put_off', 'other active kept'])
    expect(report).toMatchObject({ state: 'degraded', reason: 'webhook_inactive' })
    expect(await place.gaps()).toMatchObject([{ purpose: 'records', reason: 'webhook_inactive', ended_at: null }])
    expect((await place.row()).due_in_ms).toBeLessThan(34_000)
    await shop.heal()
    shop.later(minute)
    expect(await check(place)).toMatchObject({ state: 'connected' })
    const [gap, ...more] = await place.gaps()
    expect(more).toEqual([])
    expect(gap).toMatchObject({ started_at: old.checked_at })
    expect(gap?.ended_at).not.toBeNull()
  })

  test('and that Attio refuses to replace needs somebody’s attention', async () => {
    const place = await shop.connect()
    await shop.makeIll((await used(place)).attio, 'inactive')
    await shop.faults({ paths: [{ path: '^/v2/webhooks$', method: 'POST', status: 400 }] })
    expect(await check(place)).toMatchObject({ state: 'needs_attention', reason: 'webhook_refused' })
  })

  test('whose replacement was made without our learning of it is made again, and the stray one is deleted', async () => {
    const place = await shop.connect()
    const old = await used(place)
    await shop.vanish(old.attio)
    await shop.faults({
      paths: [{ path: '^/v2/webhooks$', method: 'POST', status: 200, body: '<html>', content_type: 'text/html', times: 1 }],
    })
    expect(done(await check(place))).toEqual(['records missing put_off', 'other active kept'])
    // What Attio made all the same.
    const [issued] = await place.rows<{ endpoint_id: string }>(
      'select endpoint_id from webhook where connection_id = $1 and attio_webhook_id is null',
    )
    const attio = await place.client()
    await attio.createWebhook({
      targetUrl: `${shop.gatewayUrl}/webhooks/attio/${issued?.endpoint_id}`,
      subscriptions: [{ event_type: 'note.created', filter: null }],
    })
    expect(done(await check(place))).toEqual(['records missing replaced', 'other active kept'])
    expect((await place.remote()).map(({ target_url }) => target_url.split('/').at(-1)).sort()).toEqual(
      (await place.webhooks())
        .filter(({ retired }) => !retired)
        .map(({ endpoint_id }) => endpoint_id)
        .sort(),
    )
  })
})

describe('what is not to be', () => {
  test('two checks at once make one webhook: the second waits and finds all well, or skips', async () => {
    const place = await shop.connect()
    await shop.vanish((await used(place)).attio)
    const reports = await Promise.all([check(place), check(place), check(place, { ifBusy: 'skip' })])
    expect(reports.flatMap(report => done(report)).filter(one => one === 'records missing replaced')).toHaveLength(1)
    expect(await place.remote()).toHaveLength(2)
    expect((await place.webhooks()).filter(({ retired }) => !retired)).toHaveLength(2)
  })

  test('what cannot have its turn in time says so and changes nothing', async () => {
    const place = await shop.connect()
    const [row] = await place.rows<{ workspace_id: string }>('select workspace_id from connection where id = $1')
    const before = await place.row()
    const upkeep = await place.upkeep()
    await withWorkspaceLock(upkeep.store, row?.workspace_id ?? '', async () => {
      expect(await checkConnection(upkeep, { ifBusy: 'skip' })).toEqual({ outcome: 'busy' })
      await expect(withWorkspaceLock(upkeep.store, row?.workspace_id ?? '', async () => 'done', { waitMs: 50 })).rejects.toThrow(
        WorkspaceBusyError,
      )
    })
    expect({ ...(await place.row()), due_in_ms: 0 }).toEqual({ ...before, due_in_ms: 0 })
    expect(await withWorkspaceLock(upkeep.store, row?.workspace_id ?? '', async () => 'done', { waitMs: 50 })).toBe('done')
  })

  test('a check and a new authorisation at once make no two webhooks either', async () => {
    const place = await shop.connect()
    await shop.vanish((await used(place)).attio)
    await Promise.all([check(place), shop.connect({ again: place }), check(place)])
    expect(await place.remote()).toHaveLength(2)
  })

  test('a webhook whose replacement was made by somebody who died before saying so still drains', async () => {
    const place = await shop.connect()
    const old = await used(place)
    await shop.makeIll(old.attio, 'inactive')
    await check(place)
    await shop.owner.pool.query('update webhook set retired_at = null, silenced_at = null where id = $1', [old.id])
    expect(done(await check(place))).toEqual(['records active kept', 'other active kept'])
    expect((await place.webhooks()).find(({ id }) => id === old.id)).toMatchObject({ retired: true, silenced: true })
    expect(await remoteOf(place, old.attio)).toBeDefined()
  })

  test('a check begun with a token that was replaced meanwhile says nothing of the new one', async () => {
    const place = await shop.connect()
    const upkeep = await place.upkeep()
    const token = await place.token()
    await shop.connect({ again: place })
    await shop.control('POST', '/tokens/revoke', { access_token: token })
    expect(await checkConnection(upkeep, { adminWaits: true })).toEqual({ outcome: 'busy' })
    expect(await place.row()).toMatchObject({ state: 'connected', token_dead_since: null })
  })

  test('nothing but ours is deleted: not what lies elsewhere, nor what was never issued here', async () => {
    const place = await shop.connect()
    const attio = await place.client()
    const subscriptions = [{ event_type: 'note.created' as const, filter: null }]
    const theirs = [
      `${shop.gatewayUrl}/webhooks/attio/never-issued`,
      `https://elsewhere.example/webhooks/attio/${(await used(place)).endpoint_id}`,
    ]
    for (const targetUrl of theirs) await attio.createWebhook({ targetUrl, subscriptions })
    await check(place)
    expect((await place.remote()).map(webhook => webhook.target_url)).toEqual(expect.arrayContaining(theirs))
  })
})

test('a webhook that Attio makes after whoever asked for it has died is found and deleted; its endpoint is forgotten once none can come any more', async () => {
  const place = await shop.connect()
  const attio = await place.client()
  const { gatewayUrl } = await place.upkeep()
  const issue = async (endpointId: string) => {
    const endpoint = { organizationId: place.organizationId, connectionId: place.connectionId, endpointId, purpose: 'records' as const }
    await (await place.upkeep()).store.transaction(client => issueEndpoint(client, endpoint))
  }
  // Endpoints are issued by the database's clock.
  const checkIn = async (ms: number) => await checkConnection(await place.upkeep({ clock: { now: () => Date.now() + ms } }))
  const known = async () => (await place.webhooks()).map(webhook => webhook.endpoint_id)
  const slow = `slow-${uuid()}`
  await issue(slow)
  await checkIn(0)
  expect(await known()).toContain(slow)
  await attio.createWebhook({
    targetUrl: `${gatewayUrl}/webhooks/attio/${slow}`,
    subscriptions: [{ event_type: 'note.created', filter: null }],
  })
  expect(await place.remote()).toHaveLength(3)
  await checkIn(0)
  expect([(await place.remote()).length, (await known()).length]).toEqual([2, 2])
  const never = `never-${uuid()}`
  await issue(never)
  await checkIn(61 * minute)
  expect(await known()).not.toContain(never)
})

test('a webhook whose endpoint was taken back while it was made is not built upon: what worked goes on', async () => {
  const place = await shop.connect()
  const before = await used(place)
  await shop.control('DELETE', `/webhooks/${before.attio}`)
  const upkeep = await place.upkeep()
  const store: typeof upkeep.store = {
    ...upkeep.store,
    transaction: work =>
      upkeep.store.transaction(async client => {
        await client.query('delete from webhook where connection_id = $1 and attio_webhook_id is null', [place.connectionId])
        return await work(client)
      }),
  }
  await expect(checkConnection({ ...upkeep, store })).rejects.toThrow('was taken back')
  expect((await place.webhooks()).find(({ id }) => id === before.id)).toMatchObject({ attio: before.attio, retired: false })
  expect(done(await check(place))).toEqual(['records missing replaced', 'other active kept'])
})
