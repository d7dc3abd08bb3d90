import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { bodyLimit } from './read-body.ts'
import { recordUpdated, storeSecret, type TestEndpoint } from './testing/endpoints.ts'
import { startGateway, type TestGateway } from './testing/gateway.ts'

let gateway: TestGateway
let endpoint: TestEndpoint

beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway?.close())
beforeEach(async () => {
  endpoint = await gateway.addEndpoint()
})

/** The status, and the code in the body where there is one. */
async function answer(response: Response): Promise<{ status: number; code: string | null }> {
  const text = await response.text()
  return { status: response.status, code: text === '' ? null : (JSON.parse(text) as { code: string }).code }
}

const padded = (length: number) => JSON.stringify({ webhook_id: 'w', events: [], padding: 'x'.repeat(length) })

describe('a signed delivery', () => {
  test('is answered 200 with its raw body stored, due now, and its connection’s last event noted', async () => {
    const body = ` ${recordUpdated()}\n`
    expect(await answer(await gateway.post(endpoint, body, { 'idempotency-key': 'k1' }))).toEqual({ status: 200, code: null })
    expect(await gateway.rows(endpoint)).toEqual([
      {
        ...{ idempotencyKey: 'k1', body: Buffer.from(body), eventTypes: ['record.updated'], state: 'received', reason: null },
        ...{ repeats: 0, due: true, finished: false },
      },
    ])
    await gateway.settle()
    const { rows } = await gateway.database.pool.query<{ noted: boolean }>(
      'select last_event_at is not null as noted from connection where id = $1',
      [endpoint.connectionId],
    )
    expect(rows).toEqual([{ noted: true }])
  })

  test('is one row however often its key comes, even 200 times at once', async () => {
    const body = recordUpdated()
    const posts = Array.from({ length: 200 }, () => gateway.post(endpoint, body, { 'idempotency-key': 'same' }))
    const statuses = await Promise.all(posts.map(async post => (await post).status))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await gateway.rows(endpoint)).toMatchObject([{ idempotencyKey: 'same', repeats: 199 }])
  })

  test('of a key that another connection used is new', async () => {
    const other = await gateway.addEndpoint()
    for (const target of [endpoint, other]) await gateway.post(target, recordUpdated(), { 'idempotency-key': 'k' })
    expect(await gateway.rows(endpoint)).toMatchObject([{ repeats: 0 }])
    expect(await gateway.rows(other)).toMatchObject([{ repeats: 0 }])
  })

  test('without a key is new every time, with an equal body too', async () => {
    const body = recordUpdated()
    const statuses = await Promise.all([{}, {}, { 'idempotency-key': ' ' }].map(headers => gateway.post(endpoint, body, headers)))
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await gateway.rows(endpoint)).toMatchObject(Array(3).fill({ idempotencyKey: null, repeats: 0 }))
  })

  test('with an over-long key is stored under the key’s digest, once', async () => {
    const key = 'k'.repeat(4_000)
    for (const _ of [1, 2]) expect((await gateway.post(endpoint, recordUpdated(), { 'idempotency-key': key })).status).toBe(200)
    const longer = { 'idempotency-key': `${key}k` }
    expect((await gateway.post(endpoint, recordUpdated(), longer)).status).toBe(200)
    const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/)
    expect(await gateway.rows(endpoint)).toMatchObject([
      { idempotencyKey: digest, repeats: 1 },
      { idempotencyKey: digest, repeats: 0 },
    ])
  })

  test('is taken under either name of the signature header, and whatever its content type', async () => {
    const body = recordUpdated()
    const legacy = await fetch(gateway.url + endpoint.path, {
      ...{ method: 'POST', body },
      headers: { 'x-attio-signature': endpoint.sign(body), 'content-type': 'text/plain' },
    })
    expect(legacy.status).toBe(200)
    const none = await fetch(gateway.url + endpoint.path, {
      ...{ method: 'POST', body: Buffer.from(body) },
      headers: { 'attio-signature': endpoint.sign(body).toUpperCase() },
    })
    expect(none.status).toBe(200)
    expect(await gateway.rows(endpoint)).toHaveLength(2)
  })

  test.each([
    ['JSON that is no delivery', '{"hello":"world"}'],
    ['an array', '[]'],
    ['events that are no list', '{"webhook_id":"w","events":{}}'],
  ])('of a shape we do not know is answered 200, kept and ignored with a reason: %s', async (_, body) => {
    expect((await gateway.post(endpoint, body)).status).toBe(200)
    expect(await gateway.rows(endpoint)).toMatchObject([
      { body: Buffer.from(body), state: 'ignored', reason: expect.stringMatching(/^unknown shape: ./), due: false, finished: true },
    ])
  })

  test('that Postgres cannot take as text is stored all the same', async () => {
    const body = JSON.stringify({ webhook_id: 'w', events: [{ event_type: 'a\u0000b' }, { event_type: 'task.created' }] })
    expect((await gateway.post(endpoint, body)).status).toBe(200)
    expect(await gateway.rows(endpoint)).toMatchObject([{ body: Buffer.from(body) }])
  })

  test('for a retired webhook is still taken', async () => {
    await gateway.database.pool.query('update webhook set retired_at = now() where id = $1', [endpoint.webhookId])
    expect((await gateway.post(endpoint, recordUpdated())).status).toBe(200)
    expect(await gateway.rows(endpoint)).toHaveLength(1)
  })

  test('as large as the limit is taken', async () => {
    const body = padded(bodyLimit - padded(0).length)
    expect(body).toHaveLength(bodyLimit)
    expect((await gateway.post(endpoint, body)).status).toBe(200)
  })
})

describe('what is not signed with the webhook’s secret', () => {
  test.each<[string, (body: string, own: TestEndpoint, other: TestEndpoint) => string]>([
    ['another webhook’s secret', (body, _, other) => other.sign(body)],
    ['another body', (body, own) => own.sign(`${body} `)],
    ['nothing', () => ''],
    ['half a signature', (body, own) => own.sign(body).slice(0, 32)],
    ['no hex', () => 'z'.repeat(64)],
  ])('is 401 and leaves nothing: %s', async (_, signature) => {
    const other = await gateway.addEndpoint()
    const body = recordUpdated()
    const response = await gateway.post(endpoint, body, { 'attio-signature': signature(body, endpoint, other) })
    expect(await answer(response)).toEqual({ status: 401, code: 'bad_signature' })
    expect(await gateway.rows(endpoint)).toEqual([])
  })

  test('is 401 even with a key that is stored, and does not count as a repeat', async () => {
    const key = { 'idempotency-key': 'known' }
    await gateway.post(endpoint, recordUpdated(), key)
    expect((await gateway.post(endpoint, recordUpdated(), { ...key, 'attio-signature': 'a'.repeat(64) })).status).toBe(401)
    expect(await gateway.rows(endpoint)).toMatchObject([{ repeats: 0 }])
  })

  test('is 401 before it is looked at: bytes that are no JSON too', async () => {
    const response = await gateway.post(endpoint, 'not json', { 'attio-signature': 'a'.repeat(64) })
    expect(response.status).toBe(401)
  })
})

describe('a signed body that cannot be read', () => {
  test.each([
    ['not JSON', Buffer.from('{"events":')],
    ['empty', Buffer.alloc(0)],
    ['not UTF-8', Buffer.concat([Buffer.from('{"webhook_id":"'), Buffer.of(0xff, 0xfe), Buffer.from('","events":[]}')])],
  ])('is 400 and leaves nothing: %s', async (_, body) => {
    expect(await answer(await gateway.post(endpoint, body))).toEqual({ status: 400, code: 'unreadable' })
    expect(await gateway.rows(endpoint)).toEqual([])
  })

  test('because it is coded is 415 and leaves nothing', async () => {
    const response = await gateway.post(endpoint, recordUpdated(), { 'content-encoding': 'gzip' })
    expect(await answer(response)).toEqual({ status: 415, code: 'encoded' })
    expect(await gateway.rows(endpoint)).toEqual([])
  })

  test('because its sender broke off leaves nothing, and the next one is taken', async () => {
    const body = recordUpdated()
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    await once(socket, 'connect')
    const head = `POST ${endpoint.path} HTTP/1.1\r\nHost: gateway\r\nAttio-Signature: ${endpoint.sign(body)}\r\nContent-Length: ${body.length}\r\n\r\n`
    socket.end(head + body.slice(0, -10))
    socket.resume()
    await once(socket, 'close')
    expect((await gateway.post(endpoint, body)).status).toBe(200)
    expect(await gateway.rows(endpoint)).toHaveLength(1)
  })
})

describe('a body over the limit', () => {
  /** Sends 64 KiB at a time until the connection ends or `bytes` are sent; gives the status and how many bytes were let through. */
  async function pour(head: string, bytes: number): Promise<{ status: number; sent: number; ended: boolean }> {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    await once(socket, 'connect')
    let received = ''
    let ended = false
    socket.on('error', () => {}) // reset at last, as it should be
    socket.on('data', chunk => {
      received += chunk.toString()
    })
    const closed = new Promise<void>(resolve => socket.on('close', () => resolve())).then(() => {
      ended = true
    })
    socket.write(`POST ${endpoint.path} HTTP/1.1\r\nHost: gateway\r\nAttio-Signature: ${'a'.repeat(64)}\r\n${head}\r\n\r\n`)
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(64 * 1024, 'x'), Buffer.from('\r\n')])
    let sent = 0
    while (!ended && sent < bytes) {
      sent += chunk.length
      if (!socket.write(chunk)) await Promise.race([new Promise(resolve => socket.once('drain', resolve)), closed])
    }
    await closed
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1]), sent, ended }
  }
  const tenMegabytes = 10 * 1024 * 1024

  test('that says so is refused before it comes, and a sender that never goes on is let go', async () => {
    expect(await pour(`Content-Length: ${tenMegabytes}`, 0)).toMatchObject({ status: 413 })
    expect(await gateway.rows(endpoint)).toEqual([])
  })

  test.each(['Transfer-Encoding: chunked', `Content-Length: ${10 * tenMegabytes}`])(
    'hears its 413 though it goes on, and its 100 MB are not read: %s',
    async head => {
      const { status, sent } = await pour(head, 10 * tenMegabytes)
      expect(status).toBe(413)
      expect(sent).toBeLessThan(5 * tenMegabytes)
      expect(await gateway.rows(endpoint)).toEqual([])
    },
  )

  test('for an endpoint that was never issued is not read either', async () => {
    endpoint = { ...endpoint, path: '/webhooks/attio/nobody' }
    const { status, sent } = await pour('Transfer-Encoding: chunked', 10 * tenMegabytes)
    expect(status).toBe(404)
    expect(sent).toBeLessThan(5 * tenMegabytes)
  })

  test('by one byte is 413 though it is signed, and leaves nothing', async () => {
    const body = padded(bodyLimit - padded(0).length + 1)
    expect(await answer(await gateway.post(endpoint, body))).toEqual({ status: 413, code: 'too_large' })
    expect(await gateway.rows(endpoint)).toEqual([])
  })
})

describe('an endpoint', () => {
  test.each(['A'.repeat(43), 'short', 'x'.repeat(101), "'; drop table delivery", '%00', '..%2f..'])(
    'that was never issued is 404: %s',
    async endpointId => {
      const body = recordUpdated()
      const response = await gateway.post({ ...endpoint, path: `/webhooks/attio/${encodeURIComponent(endpointId)}` }, body)
      expect(await answer(response)).toEqual({ status: 404, code: 'unknown_endpoint' })
    },
  )

  test('takes posts only', async () => {
    const response = await fetch(gateway.url + endpoint.path)
    expect(await answer(response)).toEqual({ status: 405, code: 'method_not_allowed' })
    expect(response.headers.get('allow')).toBe('POST')
    expect(await answer(await fetch(`${gateway.url}/elsewhere`))).toEqual({ status: 404, code: 'not_found' })
    // A path whose escapes are broken is no endpoint either, and its answer shows nothing of ours.
    const broken = await fetch(`${gateway.url}/webhooks/attio/%E0%A4%A`, { method: 'POST', body: '{}' })
    expect(await answer(broken)).toEqual({ status: 404, code: 'not_found' })
  })

  test('whose secret is not known yet is 503 and stores nothing, until the secret is there', async () => {
    const waiting = await gateway.addEndpoint({ withSecret: false })
    const body = recordUpdated()
    const response = await gateway.post(waiting, body)
    expect(response.headers.get('retry-after')).not.toBeNull()
    expect(await answer(response)).toEqual({ status: 503, code: 'unavailable' })
    expect(await gateway.rows(waiting)).toEqual([])
    await storeSecret(gateway.database, gateway.keyRing, waiting)
    while ((await gateway.post(waiting, body)).status !== 200) await new Promise(resolve => setTimeout(resolve, 100))
    expect(await gateway.rows(waiting)).toHaveLength(1)
  })

  test('whose secret cannot be opened is 503, stores nothing, and the log says what to check', async () => {
    await gateway.database.pool.query('update webhook set secret_key_id = $2 where id = $1', [endpoint.webhookId, 'lost'])
    expect((await gateway.post(endpoint, recordUpdated())).status).toBe(503)
    expect(await gateway.rows(endpoint)).toEqual([])
    expect(gateway.logs.filter(line => line.includes(endpoint.webhookId))).toEqual([expect.stringContaining('check ENCRYPTION_KEYS')])
  })

  test('is taken with its new secret as soon as that is stored, and no longer with the old one', async () => {
    const body = recordUpdated()
    expect((await gateway.post(endpoint, body)).status).toBe(200)
    const other = await gateway.addEndpoint()
    await storeSecret(gateway.database, gateway.keyRing, { webhookId: endpoint.webhookId, secret: other.secret })
    const signedAnew = { 'attio-signature': other.sign(body) }
    while ((await gateway.post(endpoint, body, signedAnew)).status !== 200) await new Promise(resolve => setTimeout(resolve, 100))
    expect((await gateway.post(endpoint, body)).status).toBe(401)
    expect(await gateway.rows(endpoint)).toHaveLength(2)
  })
})
