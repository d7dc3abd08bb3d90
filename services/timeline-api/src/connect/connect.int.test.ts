import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { json, startApi } from '../testing/api.ts'
import { startApiWithAttio, type TestAttio } from '../testing/attio.ts'

type Connections = { data: { id: string; state: string; workspace: { name: string } }[] }

let attio: TestAttio

beforeAll(async () => {
  attio = await startApiWithAttio()
})
afterAll(() => attio.close())
afterEach(() => attio.clearFaults())
// Each test begins with nothing connected, here and at Attio.
beforeEach(async () => {
  const { rows } = await attio.api.database.pool.query<{ id: string }>('select id from connection where token_sealed is not null')
  for (const { id } of rows) {
    const { client } = await attio.attioOf(id)
    const webhooks = await client.listWebhooks()
    if (webhooks.ok) for (const webhook of webhooks.data) await client.deleteWebhook(webhook.id.webhook_id)
  }
  await attio.api.database.pool.query('delete from connection')
  await attio.api.database.pool.query('delete from oauth_state')
})

async function connections(org = 'northwind'): Promise<Connections['data']> {
  return (await json<Connections>(await attio.api.call('/v1/integrations/attio/connections', { org }))).data
}

async function remoteWebhooks(connectionId: string) {
  const result = await (await attio.attioOf(connectionId)).client.listWebhooks()
  if (!result.ok) throw new Error(result.error.message)
  return result.data
}

const count = async (table: 'connection' | 'webhook') => (await attio.api.database.pool.query(`select from ${table}`)).rowCount

describe('connecting a workspace', () => {
  test('lands on the integration page with a connection whose token works and is sealed', async () => {
    const landed = await attio.connect()
    expect(landed).toMatchObject({ status: 303, error: null })
    expect(landed.address).toBe(`http://app.test.example/integrations/attio?connected=${landed.connected}`)
    expect(await connections()).toMatchObject([{ id: landed.connected, state: 'connected', workspace: { name: 'Northwind Traders' } }])
    const { client } = await attio.attioOf(landed.connected ?? '')
    expect(await client.self()).toMatchObject({ ok: true, data: { active: true, workspace_name: 'Northwind Traders' } })
  })

  test('makes two webhooks on endpoints nobody can guess, with their secrets kept', async () => {
    const { connected } = await attio.connect()
    const stored = await attio.storedWebhooks(connected ?? '')
    const remote = await remoteWebhooks(connected ?? '')
    expect(stored.map(webhook => webhook.purpose)).toEqual(['records', 'other'])
    expect(stored.map(webhook => webhook.attioWebhookId).sort()).toEqual(remote.map(webhook => webhook.id.webhook_id).sort())
    for (const webhook of stored) {
      expect(webhook.endpointId).toMatch(/^[\w-]{43}$/)
      expect(webhook.secret?.length).toBeGreaterThan(20)
      const there = remote.find(candidate => candidate.id.webhook_id === webhook.attioWebhookId)
      expect(there?.target_url).toBe(`http://127.0.0.1:9/gateway/webhooks/attio/${webhook.endpointId}`)
    }
  })

  test('asks for members’ changes only, and from anybody for those of attributes that name a record', async () => {
    const { connected } = await attio.connect()
    const { client } = await attio.attioOf(connected ?? '')
    const objects = await client.listObjects()
    if (!objects.ok) throw new Error(objects.error.message)
    const naming: string[] = []
    for (const object of objects.data) {
      const attributes = await client.listAttributes('objects', object.id.object_id)
      if (!attributes.ok) throw new Error(attributes.error.message)
      // An object without a name, such as a custom one, is called by its first text.
      const name = attributes.data.find(attribute => attribute.api_slug === 'name') ?? attributes.data.find(({ type }) => type === 'text')
      if (name) naming.push(name.id.attribute_id)
    }
    expect(naming.length).toBeGreaterThan(2)
    const subscriptions = (await remoteWebhooks(connected ?? '')).flatMap(webhook => webhook.subscriptions)
    const updated = JSON.stringify(subscriptions.find(subscription => subscription.event_type === 'record.updated')?.filter)
    expect(updated).toContain('workspace-member')
    for (const id of naming) expect(updated).toContain(id)
    expect(subscriptions.find(subscription => subscription.event_type === 'note.created')?.filter).toBeNull()
    expect(new Set(subscriptions.map(subscription => subscription.event_type)).size).toBe(27)
  })

  test('brings the members and maps them to users by e-mail', async () => {
    const { connected } = await attio.connect()
    const { rows } = await attio.api.database.pool.query<{ email: string; mapped: string | null }>(
      `select m.email, u.email as mapped from member m left join app_user u on u.id = m.user_id where m.connection_id = $1`,
      [connected],
    )
    expect(rows.length).toBeGreaterThan(4)
    expect(rows).toContainEqual({ email: 'ada.lovelace@northwind.example', mapped: 'ada.lovelace@northwind.example' })
    expect(rows).toContainEqual({ email: 'mary@freelance.example', mapped: null })
  })

  test('works where Attio is busy, stutters, or forgets a good token for a moment', async () => {
    await attio.setFaults({
      server_errors: { times: 1 },
      spurious_401: { times: 1 },
      paths: [{ path: '^/v2/objects$', status: 503, times: 1 }],
    })
    expect((await attio.connect()).error).toBeNull()
  })

  test('works without the permission to read members, and fails clearly without that for webhooks', async () => {
    await attio.setFaults({ missing_scopes: ['user_management:read'] })
    expect((await attio.connect()).error).toBeNull()
    await attio.setFaults({ missing_scopes: ['webhook:read-write'] })
    expect((await attio.connect('globex', { org: 'globex' })).error).toBe('missing_permission')
    expect(await connections('globex')).toEqual([])
  })

  test('leaves no token, secret, code or state in logs or replies', async () => {
    const attempt = await attio.begin()
    const callbackUrl = await attio.consent(attempt, 'northwind')
    const { connected } = await attio.comeBack(callbackUrl, attempt.cookie)
    const code = new URL(callbackUrl).searchParams.get('code') ?? ''
    const { token } = await attio.attioOf(connected ?? '')
    const secrets = (await attio.storedWebhooks(connected ?? '')).map(webhook => webhook.secret ?? '')
    const replies = await Promise.all(
      ['connections'].map(async path => await (await attio.api.call(`/v1/integrations/attio/${path}`)).text()),
    )
    const written = [...attio.api.logs, ...replies].join('\n')
    expect(written).toContain(connected)
    for (const secret of [token, code, attempt.state, attempt.cookie.split('=')[1] ?? '', 'simulator-secret', ...secrets]) {
      expect(secret.length).toBeGreaterThan(10)
      expect(written).not.toContain(secret)
    }
  })
})

describe('the way back from Attio', () => {
  test('works once: a second time it says so and changes nothing', async () => {
    const attempt = await attio.begin()
    const callbackUrl = await attio.consent(attempt, 'northwind')
    const landed = await Promise.all(Array.from({ length: 5 }, () => attio.comeBack(callbackUrl, attempt.cookie)))
    expect(landed.map(({ error }) => error).sort()).toEqual([null, ...Array(4).fill('state_used')].sort())
    // And as a browser does it, whose cookie the first one cleared.
    expect((await attio.comeBack(callbackUrl, '')).error).toBe('state_used')
    expect(await count('webhook')).toBe(2)
  })

  test('is closed after ten minutes', async () => {
    const attempt = await attio.begin()
    const callbackUrl = await attio.consent(attempt, 'northwind')
    const { rows } = await attio.api.database.pool.query<{ minutes: number }>(
      `with open as (select *, extract(epoch from expires_at - created_at)::float8 / 60 as minutes from oauth_state where used_at is null)
       update oauth_state set expires_at = now() - interval '1 second' from open where oauth_state.state_hash = open.state_hash returning minutes`,
    )
    expect(rows.map(({ minutes }) => Math.round(minutes))).toEqual([10])
    expect((await attio.comeBack(callbackUrl, attempt.cookie)).error).toBe('state_expired')
    expect(await count('connection')).toBe(0)
  })

  test('is closed to another browser, and still open to the right one', async () => {
    const attempt = await attio.begin()
    const other = await attio.begin({ sub: 'grace', email: 'grace.hopper@northwind.example' })
    const callbackUrl = await attio.consent(attempt, 'northwind')
    expect((await attio.comeBack(callbackUrl, '')).error).toBe('other_browser')
    expect((await attio.comeBack(callbackUrl, other.cookie)).error).toBe('other_browser')
    expect(await count('connection')).toBe(0)
    expect((await attio.comeBack(callbackUrl, attempt.cookie)).error).toBeNull()
  })

  test('with consent refused says so', async () => {
    const attempt = await attio.begin()
    expect((await attio.comeBack(await attio.consent(attempt, 'northwind', 'deny'), attempt.cookie)).error).toBe('consent_refused')
    expect((await attio.comeBack(await attio.consent(attempt, 'northwind'), attempt.cookie)).error).toBe('state_used')
  })

  test('with a state we never gave, with none, or with rubbish lands with a reason and never on an error page', async () => {
    const { cookie } = await attio.begin()
    const callback = `${attio.api.url}/v1/integrations/attio/callback`
    for (const query of ['?state=nonsense&code=x', '', '?code=x', '?state=a&state=b', `?state=${'x'.repeat(3_000)}`, '?unknown=1']) {
      expect(await attio.comeBack(callback + query, cookie)).toMatchObject({ status: 303, error: 'state_unknown' })
    }
  })

  test('with a code Attio does not know says so', async () => {
    const attempt = await attio.begin()
    const landed = await attio.comeBack(
      `${attio.api.url}/v1/integrations/attio/callback?state=${attempt.state}&code=nonsense`,
      attempt.cookie,
    )
    expect(landed.error).toBe('code_rejected')
  })
})

describe('an attempt that fails half-way', () => {
  test.each([
    ['the first webhook', 1],
    ['the second webhook', 2],
  ])('at %s leaves nothing, here or at Attio', async (_what, failing) => {
    // A database fault after the webhook was made: the hardest place, since Attio knows of a webhook and we are about to forget it.
    await attio.api.database.pool.query(`
      create function fail_at() returns trigger language plpgsql as $$ begin
        if (select count(*) from webhook where attio_webhook_id is not null) >= ${failing} then raise 'simulated failure'; end if;
        return new;
      end $$;
      create constraint trigger fail_at after update on webhook deferrable initially immediate for each row execute function fail_at()`)
    try {
      expect((await attio.connect()).error).toBe('internal_error')
    } finally {
      await attio.api.database.pool.query('drop trigger fail_at on webhook; drop function fail_at')
    }
    expect([await count('connection'), await count('webhook')]).toEqual([0, 0])
    const { connected } = await attio.connect()
    expect(await remoteWebhooks(connected ?? '')).toHaveLength(2)
  })

  test('because Attio refuses a webhook leaves nothing either', async () => {
    const attempt = await attio.begin()
    const callbackUrl = await attio.consent(attempt, 'northwind')
    await attio.setFaults({ paths: [{ path: '^/v2/webhooks$', method: 'POST', status: 500 }] })
    expect((await attio.comeBack(callbackUrl, attempt.cookie)).error).toBe('attio_unavailable')
    expect([await count('connection'), await count('webhook')]).toEqual([0, 0])
  })

  test('without our learning whether a webhook was made remembers its endpoint, so that the next attempt can tell it is ours', async () => {
    const attempt = await attio.begin()
    const callbackUrl = await attio.consent(attempt, 'northwind')
    await attio.setFaults({ paths: [{ path: '^/v2/webhooks$', method: 'POST', status: 200, body: '<html>', content_type: 'text/html' }] })
    expect((await attio.comeBack(callbackUrl, attempt.cookie)).error).toBe('attio_error')
    await attio.clearFaults()
    const [left] = await connections()
    expect(left?.state).toBe('disconnected')
    expect(await attio.storedWebhooks(left?.id ?? '')).toMatchObject([{ retired: true, attioWebhookId: null }])
    const { connected } = await attio.connect()
    expect(connected).toBe(left?.id)
    // It stays known for as long as Attio may still make its webhook.
    expect((await attio.storedWebhooks(connected ?? '')).map(({ retired }) => retired).sort()).toEqual([false, false, true])
  })

  test('to renew a connection leaves the one there is as it was', async () => {
    const { connected } = await attio.connect()
    const before = await attio.storedWebhooks(connected ?? '')
    const attempt = await attio.begin()
    const callbackUrl = await attio.consent(attempt, 'northwind')
    await attio.setFaults({ paths: [{ path: '^/v2/workspace_members$', status: 500 }] })
    expect((await attio.comeBack(callbackUrl, attempt.cookie)).error).toBe('attio_unavailable')
    expect(await connections()).toMatchObject([{ id: connected, state: 'connected' }])
    expect(await attio.storedWebhooks(connected ?? '')).toEqual(before)
  })
})

describe('the same workspace again', () => {
  test('is the same connection with the same webhooks and a new token', async () => {
    const first = await attio.connect()
    const [token, webhooks] = [(await attio.attioOf(first.connected ?? '')).token, await attio.storedWebhooks(first.connected ?? '')]
    const second = await attio.connect()
    expect(second.connected).toBe(first.connected)
    expect(await attio.storedWebhooks(first.connected ?? '')).toEqual(webhooks)
    expect((await attio.attioOf(first.connected ?? '')).token).not.toBe(token)
    expect(await remoteWebhooks(first.connected ?? '')).toHaveLength(2)
  })

  test('also when it is connected several times at once', async () => {
    const landed = await Promise.all(Array.from({ length: 4 }, () => attio.connect()))
    expect(new Set(landed.map(({ connected }) => connected)).size).toBe(1)
    expect(landed.map(({ error }) => error)).toEqual([null, null, null, null])
    const id = landed[0]?.connected ?? ''
    expect(await attio.storedWebhooks(id)).toHaveLength(2)
    expect(await remoteWebhooks(id)).toHaveLength(2)
  })

  test('mends what is broken: a webhook that is gone at Attio, and one whose subscriptions were changed', async () => {
    const { connected } = await attio.connect()
    const id = connected ?? ''
    const before = await attio.storedWebhooks(id)
    const [records, other] = before
    const { client } = await attio.attioOf(id)
    await client.deleteWebhook(records?.attioWebhookId ?? '')
    await client.updateWebhook(other?.attioWebhookId ?? '', { subscriptions: [{ event_type: 'note.created', filter: null }] })
    await attio.connect()
    const stored = await attio.storedWebhooks(id)
    expect(stored.find(webhook => webhook.id === records?.id)).toMatchObject({ retired: true })
    const after = stored.filter(webhook => !webhook.retired)
    expect(after).toHaveLength(2)
    expect(after[0]?.endpointId).not.toBe(records?.endpointId)
    expect(after[1]).toEqual(other)
    const remote = await remoteWebhooks(id)
    expect(remote.flatMap(webhook => webhook.subscriptions)).toHaveLength(27)
  })

  test('removes leftovers that are ours, and nothing else', async () => {
    const { connected } = await attio.connect()
    const id = connected ?? ''
    const { client } = await attio.attioOf(id)
    const make = async (targetUrl: string) => {
      const made = await client.createWebhook({ targetUrl, subscriptions: [{ event_type: 'note.created', filter: null }] })
      if (!made.ok) throw new Error(made.error.message)
      return made.data.id.webhook_id
    }
    const gateway = 'http://127.0.0.1:9/gateway/webhooks/attio'
    const issue = (endpointId: string, retired: string | null) =>
      attio.api.database.pool.query(
        `insert into webhook (id, organization_id, connection_id, endpoint_id, purpose, secret_sealed, secret_key_id, retired_at)
         select $1, organization_id, id, $3, 'other', 'x', 'test', now() - $4::interval from connection where id = $2`,
        [uuid(), id, endpointId, retired],
      )
    await issue('left', '5 days')
    await issue('draining', '1 day')
    const left = await make(`${gateway}/left`)
    const kept = [
      await make(`${gateway}/draining`),
      await make(`${gateway}/never-issued`),
      await make('http://elsewhere.example/webhooks/attio/left'),
    ]
    await attio.connect()
    const remote = (await remoteWebhooks(id)).map(webhook => webhook.id.webhook_id)
    expect(remote).not.toContain(left)
    expect(remote).toEqual(expect.arrayContaining(kept))
    expect(remote).toHaveLength(5)
    for (const webhook of kept) await client.deleteWebhook(webhook)
  })

  test('for another organisation is refused while the first is connected, and changes nothing', async () => {
    const { connected } = await attio.connect()
    const before = await attio.storedWebhooks(connected ?? '')
    const refused = await attio.connect('northwind', { org: 'globex', email: 'hedy.lamarr@globex.example' })
    expect(refused.error).toBe('workspace_taken')
    expect(await connections('globex')).toEqual([])
    expect(await attio.storedWebhooks(connected ?? '')).toEqual(before)
    expect(await remoteWebhooks(connected ?? '')).toHaveLength(2)
  })
})

describe('beginning to connect', () => {
  test('is for people only: a machine’s token is refused', async () => {
    const response = await attio.api.call(
      '/v1/integrations/attio/authorize',
      { role: 'admin', sub: 'a-machine', email: undefined },
      { method: 'POST' },
    )
    expect([response.status, (await json<{ code: string }>(response)).code]).toEqual([403, 'person_required'])
  })

  test('binds the browser by a cookie scripts cannot read; over https one no neighbour can set', async () => {
    const loopback = await attio.api.call('/v1/integrations/attio/authorize', { role: 'admin' }, { method: 'POST' })
    expect(loopback.headers.getSetCookie()[0]).toMatch(
      /^worksights-connect=[\w-]{43}; Max-Age=600; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/,
    )
    const secure = await startApi({ PUBLIC_API_URL: 'https://api.test.example' })
    try {
      const response = await secure.call('/v1/integrations/attio/authorize', { role: 'admin' }, { method: 'POST' })
      expect(response.headers.getSetCookie()[0]).toMatch(
        /^__Host-worksights-connect=[\w-]{43}; Max-Age=600; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
      )
    } finally {
      await secure.close()
    }
  })
})
