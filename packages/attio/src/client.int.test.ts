import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Simulator, startSimulator } from '@worksights/attio-simulator'
import { z } from 'zod'
import { answeringServer } from '../test/answering-server.ts'
import { type AttioClient, createAttioClient } from './client.ts'
import { buildAuthorizeUrl, exchangeCode, introspect } from './oauth.ts'
import { recordName } from './resources/record-name.ts'
import type { AttioResult } from './result.ts'
import { excessScopes, missingScopes } from './scopes.ts'
import { parseDelivery } from './webhooks/delivery.ts'
import { verifySignature } from './webhooks/signature.ts'
import { buildSubscriptions } from './webhooks/subscriptions.ts'

const app = { clientId: 'simulator-client', clientSecret: 'simulator-secret', redirectUri: 'http://127.0.0.1/callback' }

let simulator: Simulator
let token: string
let attio: AttioClient

beforeAll(async () => {
  simulator = await startSimulator({})
  token = await authorize()
  attio = createAttioClient({ apiUrl: simulator.url, token })
})
afterAll(() => simulator.close())
beforeEach(() => control('DELETE', 'faults'))

async function control(method: string, path: string, body?: object): Promise<void> {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`${simulator.url}/_simulator/${path}`, { method, ...(body ? json : {}) })
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
}

/** Sends what the consent page's form sends, and follows the redirect as far as its code. */
async function consent(): Promise<string> {
  const url = new URL(buildAuthorizeUrl({ appUrl: simulator.url, ...app, state: 's-1' }))
  const form = new URLSearchParams({ ...Object.fromEntries(url.searchParams), workspace: 'northwind', decision: 'allow' })
  const response = await fetch(`${url.origin}${url.pathname}`, { method: 'POST', body: form, redirect: 'manual' })
  const back = new URL(response.headers.get('location') ?? '')
  expect(back.searchParams.get('state')).toBe('s-1')
  return back.searchParams.get('code') ?? ''
}

async function authorize(): Promise<string> {
  return dataOf(await exchangeCode({ appUrl: simulator.url, ...app, code: await consent() })).accessToken
}

function dataOf<T>(result: AttioResult<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.data
}

function first<T>(things: T[]): T {
  const [thing] = things
  if (thing === undefined) throw new Error('expected at least one')
  return thing
}

/** What the API itself lists, for ids of things the product never lists. */
async function listed(path: string): Promise<z.infer<typeof listing>['data']> {
  const response = await fetch(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return listing.parse(await response.json()).data
}
const listing = z.object({ data: z.array(z.object({ id: z.record(z.string(), z.string()) })) })

describe('OAuth', () => {
  test('ends with a token that knows its workspace and its scopes', async () => {
    const self = dataOf(await attio.self())
    if (!self.active) throw new Error('the token is dead')
    expect(self.workspace_slug).toBe('northwind')
    expect(dataOf(await introspect({ appUrl: simulator.url, token }))).toEqual(self)
    expect(missingScopes(self.scope)).toEqual([])
    expect(excessScopes(self.scope)).toContain('task:read-write')
  })

  test('takes a code once', async () => {
    const code = await consent()
    dataOf(await exchangeCode({ appUrl: simulator.url, ...app, code }))
    expect(await exchangeCode({ appUrl: simulator.url, ...app, code })).toMatchObject({
      ok: false,
      error: { kind: 'invalid_request', code: 'invalid_grant' },
    })
  })
})

describe('everything the product reads', () => {
  test('of objects, attributes, options and statuses', async () => {
    const objects = dataOf(await attio.listObjects())
    expect(objects.map(({ api_slug }) => api_slug)).toEqual(expect.arrayContaining(['people', 'companies', 'deals']))
    const attributes = dataOf(await attio.listAttributes('objects', 'deals'))
    const status = first(attributes.filter(({ type }) => type === 'status'))
    expect(dataOf(await attio.listStatuses('objects', 'deals', status.id.attribute_id)).length).toBeGreaterThan(1)
    for (const { id } of objects)
      for (const attribute of dataOf(await attio.listAttributes('objects', id.object_id)))
        if (attribute.type === 'select') dataOf(await attio.listSelectOptions('objects', id.object_id, attribute.id.attribute_id))
  })

  test('of records, whose every name is found, and of their value history', async () => {
    for (const slug of ['people', 'companies', 'deals']) {
      const records = dataOf(await attio.queryRecords(slug, { limit: 5 }))
      for (const record of records) {
        expect(recordName(record)).toEqual(expect.any(String))
        const { object_id, record_id } = record.id
        const one = await attio.getRecord(object_id, record_id)
        expect(one).toMatchObject({ ok: true, data: record, accurateAt: expect.any(Date), executionId: expect.any(String) })
        const history = dataOf(await attio.listAttributeValues({ objectId: object_id, recordId: record_id }, 'name', true))
        expect(history.every(value => value.active_from instanceof Date)).toBe(true)
      }
      const ids = records.map(record => record.id.record_id)
      expect(dataOf(await attio.queryRecords(slug, { filter: { record_id: { $in: ids } } }))).toHaveLength(ids.length)
    }
  })

  test('of lists, the private one told apart, and of their entries', async () => {
    const lists = dataOf(await attio.listLists())
    expect(lists.some(list => list.workspace_access === null)).toBe(true)
    const list = first(lists.filter(({ name }) => name === 'Hot Leads'))
    expect(dataOf(await attio.getList(list.id.list_id))).toEqual(list)
    const entry = first(dataOf(await attio.queryEntries(list.id.list_id, {})))
    expect(dataOf(await attio.getEntry(list.id.list_id, entry.id.entry_id))).toEqual(entry)
    for (const { id } of dataOf(await attio.listAttributes('lists', list.id.list_id)))
      dataOf(await attio.listAttributeValues({ listId: list.id.list_id, entryId: entry.id.entry_id }, id.attribute_id, false))
  })

  test('of members', async () => {
    const members = dataOf(await attio.listMembers())
    expect(members.map(({ access_level }) => access_level)).toEqual(expect.arrayContaining(['admin', 'member', 'suspended']))
    const member = first(members)
    expect(dataOf(await attio.getMember(member.id.workspace_member_id))).toEqual(member)
  })

  test('of notes, tasks, meetings and recordings', async () => {
    const ids = async (path: string, key: string) => first(await listed(path)).id[key] ?? ''
    dataOf(await attio.getNote(await ids('/v2/notes', 'note_id')))
    expect(dataOf(await attio.getTask(await ids('/v2/tasks', 'task_id'))).content_plaintext).not.toBe('')
    const meetings = await listed('/v2/meetings')
    expect(dataOf(await attio.getMeeting(first(meetings).id.meeting_id ?? '')).title).not.toBe('')
    const recordings = await Promise.all(meetings.map(({ id }) => listed(`/v2/meetings/${id.meeting_id}/call_recordings`)))
    const { id } = first(recordings.flat())
    expect(dataOf(await attio.getCallRecording(id.meeting_id ?? '', id.call_recording_id ?? '')).status).toBe('completed')
  })
})

describe('every fault', () => {
  const gone = '00000000-0000-4000-8000-000000000000'

  test('of a thing that does not exist is not_found, in both spellings of the body', async () => {
    expect(await attio.getMember(gone)).toMatchObject({ error: { kind: 'not_found', code: 'not_found', accurateAt: expect.any(Date) } })
    await control('PUT', 'faults', { odd_error_bodies: true })
    expect(await attio.getRecord('people', gone)).toMatchObject({ error: { kind: 'not_found', code: 'not_found' } })
  })

  test.each(['date', 'seconds'])('of the rate limit says when to ask again, by %s', async retry_after => {
    await control('PUT', 'faults', { rate_limit_storm: { retry_after, retry_in_s: 5 } })
    const before = Date.now()
    const result = await attio.listMembers()
    if (result.ok || result.error.kind !== 'rate_limited') throw new Error(JSON.stringify(result))
    expect(result.error.retryAt.getTime()).toBeGreaterThan(before + 3_000)
    expect(result.error.retryAt.getTime()).toBeLessThan(Date.now() + 7_000)
  })

  test('of a missing scope names it', async () => {
    await control('PUT', 'faults', { missing_scopes: ['user_management:read', 'user_management:read-write'] })
    expect(await attio.listMembers()).toMatchObject({ error: { kind: 'forbidden', scope: 'user_management:read' } })
  })

  test('of a revoked token is unauthorized, and self() confirms it', async () => {
    await control('PUT', 'faults', { token_revoked: true })
    expect(await attio.listMembers()).toMatchObject({ error: { kind: 'unauthorized' } })
    expect(await attio.self()).toMatchObject({ ok: true, data: { active: false } })
  })

  test('of a spurious 401 is not confirmed by self()', async () => {
    await control('PUT', 'faults', { spurious_401: { times: 1 } })
    expect(await attio.listMembers()).toMatchObject({ error: { kind: 'unauthorized' } })
    expect(await attio.self()).toMatchObject({ ok: true, data: { active: true } })
  })

  test.each(['json', 'html', 'empty'])('of the server is unavailable, with a body of %s', async body => {
    await control('PUT', 'faults', { server_errors: { status: 503, body } })
    expect(await attio.listMembers()).toMatchObject({ error: { kind: 'unavailable', reason: 'server_error', status: 503 } })
  })

  test('of an answer that never comes is a time-out', async () => {
    await control('PUT', 'faults', { hang: true })
    expect(await attio.listMembers({ timeoutMs: 50 })).toMatchObject({ error: { kind: 'unavailable', reason: 'timeout' } })
  })

  test('of a merge that is not finished is merge_in_progress', async () => {
    await control('PUT', 'faults', { paths: [{ path: '/records/', status: 404, code: 'merge_in_progress' }] })
    expect(await attio.getRecord('people', gone)).toMatchObject({ error: { kind: 'merge_in_progress' } })
  })
})

describe('webhooks', () => {
  test('are created, told apart, changed and deleted', async () => {
    const subscriptions = buildSubscriptions('records', [first(dataOf(await attio.listAttributes('objects', 'people'))).id.attribute_id])
    const created = dataOf(await attio.createWebhook({ targetUrl: 'http://127.0.0.1:9/a', subscriptions }))
    const { webhook_id } = created.id
    expect(created.subscriptions).toEqual(subscriptions)
    expect(await attio.createWebhook({ targetUrl: 'http://127.0.0.1:9/a', subscriptions })).toMatchObject({
      error: { kind: 'invalid_request', status: 409, code: 'uniqueness_conflict' },
    })
    expect(dataOf(await attio.updateWebhook(webhook_id, { targetUrl: 'http://127.0.0.1:9/b' })).target_url).toBe('http://127.0.0.1:9/b')
    expect(dataOf(await attio.listWebhooks()).map(({ id }) => id.webhook_id)).toContain(webhook_id)
    expect(await attio.deleteWebhook(webhook_id)).toMatchObject({ ok: true })
    expect(await attio.getWebhook(webhook_id)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await attio.deleteWebhook(webhook_id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('deliver what was signed with the secret of their creation, and parse', async () => {
    const arrived = Promise.withResolvers<{ body: string; headers: NodeJS.Dict<string | string[]> }>()
    const receiver = await answeringServer(request => {
      arrived.resolve(request)
      return {}
    })
    const webhook = dataOf(await attio.createWebhook({ targetUrl: receiver.url, subscriptions: buildSubscriptions('records', []) }))
    await fetch(`${simulator.url}/v2/objects/companies/records`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data: { values: { name: 'Zoë & Söhne' } } }),
    })
    const { body, headers } = await arrived.promise
    await receiver.close()
    const rawBody = Buffer.from(body)
    const signature = { rawBody, header: String(headers['attio-signature']), legacyHeader: String(headers['x-attio-signature']) }
    expect(verifySignature({ ...signature, secret: webhook.secret })).toBe(true)
    expect(verifySignature({ ...signature, secret: 'another' })).toBe(false)
    expect(parseDelivery(rawBody)).toMatchObject({
      outcome: 'ok',
      webhookId: webhook.id.webhook_id,
      events: [{ known: true, event: { event_type: 'record.created', actor: { type: 'app' } } }],
    })
  })
})
