import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { v4 } from 'uuid'
import { at, list, type OpenReceiver, type OpenSimulator, openReceiver, openSimulator, text, until } from './harness.ts'

let attio: OpenSimulator
let target: OpenReceiver
beforeAll(async () => {
  attio = await openSimulator()
})
afterAll(() => attio.close())
beforeEach(async () => {
  target = await openReceiver()
})
afterEach(() => target.close())

const send = (body: unknown) => attio.control('POST', '/deliveries', body)
const hmac = (secret: string, body: Uint8Array) => createHmac('sha256', secret).update(body).digest('hex')

describe('POST deliveries', () => {
  test('200 at once with one key arrive 200 times, and every answer is told', async () => {
    const reply = await send({ target_url: target.url, secret: 's', events: [], times: 200, parallel: 200 })
    expect(list(reply.body, 'responses').map(answer => at(answer, 'status'))).toEqual(Array.from({ length: 200 }, () => 200))
    expect(target.received).toHaveLength(200)
    expect(new Set(target.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(new Set(list(reply.body, 'idempotency_keys')).size).toBe(1)
  })

  test('bytes that are no text and 10 MB are sent as they are', async () => {
    const odd = Buffer.from([0xc3, 0x28, 0x00, 0xff])
    await send({ target_url: target.url, secret: 's', body_base64: odd.toString('base64') })
    expect(target.received[0]?.body.equals(odd)).toBe(true)
    expect(target.received[0]?.headers['attio-signature']).toBe(hmac('s', odd))
    await send({ target_url: target.url, secret: 's', body: 'x'.repeat(10 * 1024 * 1024) })
    expect(target.received[1]?.body.byteLength).toBe(10 * 1024 * 1024)
  })

  test.each([
    ['good', hmac('s', Buffer.from('{}'))],
    ['bad', expect.not.stringMatching(hmac('s', Buffer.from('{}')))],
    ['none', undefined],
    ['short', expect.stringMatching(/^[0-9a-f]{32}$/)],
    ['sha256=abc', 'sha256=abc'],
  ])('a signature "%s" is what it says', async (signature, expected) => {
    await send({ target_url: target.url, secret: 's', json: {}, signature })
    expect(target.received[0]?.headers['attio-signature']).toEqual(expected)
  })

  test('one header alone, no key, a key given, more headers, and many different ones', async () => {
    await send({
      many: [
        { target_url: target.url, secret: 's', json: {}, header: 'x-attio', idempotency_key: null },
        { target_url: target.url, secret: 's', json: {}, header: 'attio', idempotency_key: 'k', headers: { 'X-More': 'yes' } },
        { target_url: target.url, secret: 's', json: {}, times: 2, fresh_keys: true },
      ],
    })
    const [first, second, third, fourth] = target.received.map(({ headers }) => headers)
    expect([first?.['attio-signature'], first?.['idempotency-key']]).toEqual([undefined, undefined])
    expect([second?.['x-attio-signature'], second?.['idempotency-key'], second?.['x-more']]).toEqual([undefined, 'k', 'yes'])
    expect(third?.['idempotency-key']).not.toBe(fourth?.['idempotency-key'])
  })

  test('a webhook’s own secret and address are used, and who cannot be reached is told', async () => {
    const webhook = await attio.subscribe(target.url, ['task.created'])
    await send({ webhook_id: webhook.id, events: [{ event_type: 'task.created' }] })
    const [delivery] = target.received
    expect(delivery?.json).toEqual({ webhook_id: webhook.id, events: [{ event_type: 'task.created' }] })
    expect(delivery?.headers['attio-signature']).toBe(hmac(webhook.secret, delivery?.body ?? Buffer.of()))
    const unreachable = await send({ target_url: 'http://127.0.0.1:1/', secret: 's', json: {} })
    expect(at(unreachable.body, 'responses', 0)).toMatchObject({ status: null, problem: expect.stringContaining('network') })
  })

  test('an answer that comes before the body is out is heard, and the connection is let go', async () => {
    const hasty = createServer((_request, response) => void response.writeHead(413, { connection: 'close' }).end('too large'))
    await new Promise<void>(resolve => hasty.listen(0, '127.0.0.1', resolve))
    const { port } = hasty.address() as AddressInfo
    const reply = await send({ target_url: `http://127.0.0.1:${port}/`, secret: 's', body: 'x'.repeat(20 * 1024 * 1024) })
    expect(at(reply.body, 'responses', 0)).toMatchObject({ status: 413, body: 'too large' })
    await new Promise<void>(resolve => hasty.close(() => resolve()))
  })

  test('what cannot be sent is refused with what to give', async () => {
    expect((await send({ json: {} })).status).toBe(400)
    expect((await send({ target_url: target.url })).status).toBe(400)
    expect((await send({ webhook_id: 'nothing', json: {} })).status).toBe(404)
  })
})

describe('GET requests', () => {
  test('counts what the API was asked by path, method and time, and nothing of the control API', async () => {
    await attio.control('DELETE', '/requests')
    const since = new Date().toISOString()
    await attio.api('GET', '/objects')
    await attio.api('GET', '/lists?x=1')
    await attio.api('POST', '/objects/deals/records/query', {})
    const count = async (query: string) => at((await attio.control('GET', `/requests?${query}`)).body, 'count')
    expect(await count('')).toBe(3)
    expect(await count('path=/v2/objects')).toBe(2)
    expect(await count(`path=${encodeURIComponent('^/v2/objects$')}`)).toBe(1)
    expect(await count('method=post')).toBe(1)
    expect(await count(`since=${encodeURIComponent(since)}`)).toBe(3)
    expect(await count('until=2020-01-01T00:00:00Z')).toBe(0)
    const { body } = await attio.control('GET', '/requests')
    expect(Object.values(Object(at(body, 'per_second'))).reduce((sum: number, n) => sum + Number(n), 0)).toBe(3)
    expect(list(body, 'requests').map(request => at(request, 'status'))).toEqual([200, 200, 200])
  })
})

describe('state put from outside', () => {
  const put = (kind: string, id: string, body: unknown, query = '') =>
    attio.control('PUT', `/workspaces/northwind/${kind}/${id}${query}`, body)
  const member = () => attio.simulator.world.find('northwind')?.members.all()[0]?.id ?? ''

  test('every kind of row can be put with an id of one’s own, read, changed and removed, and nobody is told', async () => {
    await attio.faults({ deliveries_per_second: 1_000 })
    const types = [
      'record.created',
      'record.updated',
      'note.created',
      'task.created',
      'comment.created',
      'list.created',
      'list-entry.created',
      'workspace-member.created',
      'object-attribute.created',
      'call-recording.created',
    ]
    await attio.subscribe(target.url, types)
    const id = Object.fromEntries(
      ['object', 'attribute', 'record', 'list', 'entry', 'note', 'task', 'comment', 'member', 'meeting', 'recording'].map(kind => [
        kind,
        v4(),
      ]),
    )
    const on = { parent_object: 'robots', parent_record_id: id.record }
    const moment = { datetime: '2026-11-24T10:00:00Z' }
    const meeting = {
      title: 'Talk',
      start: moment,
      end: moment,
      participants: [],
      linked_records: [{ object: 'robots', record_id: id.record }],
    }
    const rows: [kind: string, id: string | undefined, body: unknown, change: unknown][] = [
      ['objects', id.object, { api_slug: 'robots', singular_noun: 'Robot', plural_noun: 'Robots' }, { singular_noun: 'Android' }],
      [
        'attributes',
        id.attribute,
        { target: 'objects', parent: 'robots', api_slug: 'model', title: 'Model', type: 'text' },
        { title: 'Make' },
      ],
      ['records', id.record, { object: 'robots', values: { model: 'R2' } }, { values: { model: 'R3' } }],
      ['lists', id.list, { name: 'Fleet', api_slug: 'fleet', parent_object: 'robots' }, { name: 'Army' }],
      ['entries', id.entry, { list: 'fleet', ...on }, { entry_values: {} }],
      ['notes', id.note, { ...on, title: 'x', content: 'text' }, { title: 'y' }],
      ['tasks', id.task, { content: 'x' }, { is_completed: true }],
      [
        'comments',
        id.comment,
        { content: 'x', author: { type: 'workspace-member', id: member() }, record: { object: 'robots', record_id: id.record } },
        { resolved: true },
      ],
      ['members', id.member, { first_name: 'R', last_name: 'D', email_address: 'r@d.example' }, { access_level: 'suspended' }],
      ['meetings', id.meeting, meeting, { ...meeting, title: 'Chat' }],
      ['call-recordings', id.recording, { meeting_id: id.meeting }, { status: 'failed' }],
    ]
    for (const [kind, row = '', body, change] of rows) {
      expect([kind, (await put(kind, row, body)).status]).toEqual([kind, 200])
      expect([kind, (await put(kind, row, change)).status]).toEqual([kind, 200])
      expect(JSON.stringify((await attio.control('GET', `/workspaces/northwind/${kind}/${row}`)).body)).toContain(row)
    }
    expect(at((await attio.api('GET', `/tasks/${id.task}`)).body, 'data', 'is_completed')).toBe(true)
    expect((await attio.api('GET', `/notes/${id.note}`)).body).toMatchObject({ data: { title: 'y', content_plaintext: 'text' } })
    for (const [kind, row] of rows.toReversed())
      expect([kind, (await attio.control('DELETE', `/workspaces/northwind/${kind}/${row}`)).status]).toEqual([kind, 200])
    await put('tasks', v4(), { content: 'told' }, '?fire=true')
    await until('the one event that was to fire', () => target.received.length > 0)
    expect(target.types()).toEqual(['task.created'])
  })

  test('comments are resolved and calls recorded as their actor', async () => {
    await attio.faults({ deliveries_per_second: 1_000 })
    await attio.subscribe(target.url, ['comment.resolved', 'comment.unresolved', 'call-recording.created'])
    const comment = text((await attio.control('GET', '/workspaces/northwind/comments')).body, 'ids', 0)
    const meeting = text((await attio.control('GET', '/workspaces/northwind/meetings')).body, 'ids', 0)
    const actor = { 'x-simulator-actor': member() }
    const resolved = await attio.control('POST', `/workspaces/northwind/comments/${comment}/resolve`, {}, actor)
    expect(at(resolved.body, 'data', 'resolved_by', 'id')).toBe(member())
    await attio.control('POST', `/workspaces/northwind/comments/${comment}/unresolve`, {}, actor)
    await attio.control('POST', '/workspaces/northwind/call-recordings', { meeting_id: meeting }, actor)
    await until('three events', () => target.received.length === 3)
    expect(target.types()).toEqual(['comment.resolved', 'comment.unresolved', 'call-recording.created'])
    expect(Object.keys(Object(at(target.events()[2], 'id')))).toEqual(['workspace_id', 'meeting_id', 'call_recording_id'])
  })

  test('bad input says where it is wrong; unknown places say what there is', async () => {
    const wrong = await put('members', v4(), { first_name: 1 })
    expect(wrong).toMatchObject({
      status: 400,
      body: { issues: expect.arrayContaining([expect.objectContaining({ path: 'first_name' })]) },
    })
    expect(text((await attio.control('GET', '/workspaces/northwind/robots/1')).body, 'error')).toContain('records, notes')
    expect(text((await attio.control('GET', '/workspaces/nowhere')).body, 'error')).toContain('GET /_simulator/workspaces')
    expect((await attio.control('GET', '/nothing')).status).toBe(404)
    expect((await attio.control('GET', '/api/v2/objects')).status).toBe(404)
  })

  test('more workspaces can be made, with the same ids for the same seed', async () => {
    const other = await openSimulator()
    const [here, there] = [
      await attio.control('POST', '/workspaces', { slug: 'initrode' }),
      await other.control('POST', '/workspaces', { slug: 'initrode' }),
    ]
    await other.close()
    expect(here.status).toBe(201)
    expect(here.body).toEqual(there.body)
    expect((await attio.control('POST', '/workspaces', { slug: 'initrode' })).status).toBe(409)
  })

  test('a webhook is made degraded, inactive and well again, and taken away behind the back of its app', async () => {
    const webhook = await attio.subscribe(target.url, ['note.created'])
    const status = async (body: object) => text((await attio.control('PUT', `/webhooks/${webhook.id}/status`, body)).body, 'status')
    expect(await status({ status: 'degraded', degraded_for_ms: 6 * 86_400_000 })).toBe('degraded')
    expect(await status({ status: 'degraded', degraded_for_ms: 7 * 86_400_000 })).toBe('inactive')
    expect(await status({ status: 'inactive' })).toBe('inactive')
    expect(await status({ status: 'active' })).toBe('active')
    expect((await attio.control('DELETE', `/webhooks/${webhook.id}`)).status).toBe(200)
    expect((await attio.control('DELETE', `/webhooks/${webhook.id}`)).status).toBe(404)
  })

  test('GET /_simulator/ describes every switch', async () => {
    const { body } = await attio.control('GET', '/')
    expect(Object.keys(Object(at(body, 'faults'))).length).toBeGreaterThan(25)
    expect(at(body, 'faults', 'read_limit', 'default')).toBe(100)
  })
})
