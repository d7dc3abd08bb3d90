import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createLogger, createMetrics, type Listener, listen, loadConfig } from '@worksights/runtime'
import { createFrontend } from './app.ts'
import { configSchema } from './config.ts'
import { builtFolder, page, script } from './testing/dist.ts'
import { openWebApp } from './web-app.ts'

const env = {
  PUBLIC_FRONTEND_URL: 'https://app.example.com',
  PUBLIC_API_URL: 'https://api.example.com/base',
  OIDC_ISSUER: 'https://login.example.com/realm',
  OIDC_CLIENT_ID: 'web',
  OIDC_CONNECT_ORIGINS: 'https://token.example.com',
}
const log = createLogger({ service: 'test', level: 'silent' })
const asset = '/assets/index-Ab12.js'
let dist: Awaited<ReturnType<typeof builtFolder>>
let server: Listener
let plain: Listener

beforeAll(async () => {
  dist = await builtFolder()
  const webApp = await openWebApp(dist.folder)
  const serve = (more: Record<string, string>) => {
    const config = loadConfig(configSchema, { ...env, ...more })
    return listen(createFrontend({ config, webApp, log, meter: createMetrics('frontend').meter }), { port: 0, host: '127.0.0.1' })
  }
  server = await serve({})
  plain = await serve({ PUBLIC_FRONTEND_URL: 'http://127.0.0.1:4004' })
})
afterAll(async () => {
  await Promise.all([server.close(), plain.close()])
  await dist.remove()
})

/** Asks for exactly `target`: `fetch` tidies addresses before they are sent, and takes every encoding. */
async function ask(target: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) {
  const socket = connect(server.port, '127.0.0.1')
  const lines = Object.entries({ host: 'app.example.com', connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const [head = '', ...body] = (await text(socket)).split('\r\n\r\n')
  const [status = '', ...fields] = head.split('\r\n')
  return {
    status: Number(status.split(' ')[1]),
    header: Object.fromEntries(
      fields.map(field => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
    ),
    body: body.join('\r\n\r\n'),
  }
}

/** The directives of an answer's policy, its nonce replaced by `N`. */
const policyOf = (header: Record<string, string>) =>
  (header['content-security-policy'] ?? '').replace(/'nonce-[^']+'/, "'nonce-N'").split(';')

describe('headers', () => {
  test('every answer says what the page may do, and no more than it needs', async () => {
    for (const target of ['/', '/timeline', asset, '/missing.js', '/config.json']) {
      const { header } = await ask(target)
      expect(policyOf(header)).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-N'",
        "img-src 'self' data: https:",
        "font-src 'self'",
        "connect-src 'self' https://api.example.com https://login.example.com https://token.example.com",
        "frame-src 'self' https://login.example.com https://token.example.com",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types default',
      ])
      expect(header).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000',
        'permissions-policy': expect.stringContaining('camera=(), '),
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
      expect(header).not.toHaveProperty('x-powered-by')
    }
  })

  test('only the page of the silent renewal may be framed, by the app itself', async () => {
    const silent = await ask('/sign-in/silent?code=abc&state=def')
    expect(policyOf(silent.header)).toContain("frame-ancestors 'self'")
    expect(silent.header['x-frame-options']).toBe('SAMEORIGIN')
    for (const target of [
      '/sign-in/callback',
      '/sign-in/silent/',
      '/sign-in/silent2',
      '/SIGN-IN/SILENT',
      '/x?/sign-in/silent',
      '/sign-in/x/../silent',
    ]) {
      const { header } = await ask(target)
      expect(policyOf(header)).toContain("frame-ancestors 'none'")
      expect(header['x-frame-options']).toBe('DENY')
    }
  })

  test('a window that signs in finds back to the page that opened it', async () => {
    expect((await ask('/sign-in/callback?code=abc')).header['cross-origin-opener-policy']).toBe('unsafe-none')
    // No other page is to know who opened it, which may be anybody.
    for (const target of ['/', '/timeline', '/sign-in/silent', '/sign-in/callback/', '/sign-in/x']) {
      expect((await ask(target)).header['cross-origin-opener-policy']).toBe('same-origin-allow-popups')
    }
  })

  test('without https in its address browsers are not told to insist on it', async () => {
    const response = await fetch(`http://127.0.0.1:${plain.port}/`)
    expect(response.headers.get('strict-transport-security')).toBeNull()
  })
})

describe('the page', () => {
  test.each(['/', '/timeline?person=ada&text=a.b', '/integration/users', '/timeline/', '/a.b/c', '/%E0%A4', '//evil', '/index.html'])(
    'is at %s, asked for anew each time',
    async target => {
      const { status, header, body } = await ask(target)
      expect(status).toBe(200)
      expect(header).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
      expect(header).not.toHaveProperty('etag')
      expect(header).not.toHaveProperty('last-modified')
      const nonce = /'nonce-([^']+)'/.exec(header['content-security-policy'] ?? '')?.[1] ?? ''
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
      expect(body).toBe(page.replace('__CSP_NONCE__', nonce))
    },
  )

  test('carries another nonce each time', async () => {
    const bodies = await Promise.all([1, 2, 3].map(async () => (await ask('/')).body))
    expect(new Set(bodies).size).toBe(3)
  })
})

describe('files', () => {
  test('with a hash in their name are kept for ever, others are asked for anew', async () => {
    expect((await ask(asset)).header).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    })
    const icon = await ask('/favicon.svg')
    expect(icon.header).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'image/svg+xml' })
    const again = await ask('/favicon.svg', { headers: { 'if-none-match': icon.header.etag ?? '' } })
    expect(again).toMatchObject({ status: 304, body: '' })
  })

  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['gzip;q=0, br;q=0', undefined],
    ['zstd', undefined],
    [undefined, undefined],
  ])('to who takes %s go as %s', async (accepted, encoding) => {
    const response = await ask(asset, accepted ? { headers: { 'accept-encoding': accepted } } : {})
    expect(response.header['content-encoding']).toBe(encoding)
    expect(response.header).toMatchObject({
      vary: 'Accept-Encoding',
      'content-type': expect.stringMatching(/^text\/javascript; charset=utf-8$/i),
    })
    if (!encoding) expect(response.body).toBe(script)
  })

  test('in both encodings are what they are without', async () => {
    for (const encoding of ['br', 'gzip']) {
      const response = await fetch(`http://127.0.0.1:${server.port}${asset}`, { headers: { 'accept-encoding': encoding } })
      expect(response.headers.get('content-encoding')).toBe(encoding)
      expect(await response.text()).toBe(script)
    }
  })

  test('are given in part where a part is asked for', async () => {
    const first = await ask(asset, { headers: { range: 'bytes=0-6' } })
    expect(first).toMatchObject({ status: 206, body: 'console' })
    expect(first.header['content-range']).toBe(`bytes 0-6/${script.length}`)
    expect(await ask(asset, { headers: { range: 'bytes=-3' } })).toMatchObject({ status: 206, body: script.slice(-3) })
    expect((await ask(asset, { headers: { range: `bytes=${script.length}-` } })).status).toBe(416)
  })

  test.each(['/missing.js', '/assets/index-Old1.js', '/assets/nothing', '/assets/', '/.env', '/favicon.ico', '/.well-known/security.txt'])(
    'that are not there are missing, and no page in their place: %s',
    async target => {
      if (target === '/assets') return expect((await ask(target)).header['content-type']).toContain('html')
      const { status, header, body } = await ask(target)
      expect(status).toBe(404)
      expect(header).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' })
      expect(body).not.toContain('<')
    },
  )

  test.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/..%5coutside.txt',
    '/..\\outside.txt',
    '/%252e%252e/outside.txt',
    '/assets/%00/outside.txt',
    '/....//outside.txt',
    '/%2e%2e%2f%2e%2e%2fetc/hosts.txt',
    '/assets/%E0%A4.js',
  ])('outside of the folder cannot be reached by %s', async target => {
    const { status, body } = await ask(target)
    expect([400, 403, 404]).toContain(status)
    expect(body).not.toContain('hidden')
    expect(body).not.toContain(dist.folder)
  })
})

test('the runtime configuration is never kept', async () => {
  const { status, header, body } = await ask('/config.json')
  expect(status).toBe(200)
  expect(header).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
  expect(JSON.parse(body)).toMatchObject({
    api_url: 'https://api.example.com/base',
    oidc: { issuer: 'https://login.example.com/realm' },
  })
})

test.each(['/', asset, '/config.json', '/missing.js'])('HEAD of %s is GET without the body', async target => {
  const got = await ask(target)
  const head = await ask(target, { method: 'HEAD' })
  expect(head.status).toBe(got.status)
  expect(head.body).toBe('')
  for (const name of ['content-length', 'content-type', 'cache-control', 'etag']) expect(head.header[name]).toBe(got.header[name])
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not answered, wherever it goes', async method => {
  for (const target of ['/', asset, '/config.json', '/sign-in/callback']) {
    const { status, header } = await ask(target, { method, headers: { 'content-length': '0' } })
    expect(status).toBe(405)
    expect(header.allow).toBe('GET, HEAD')
  }
})
