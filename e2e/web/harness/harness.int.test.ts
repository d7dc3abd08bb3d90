import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, test } from '@jest/globals'
import { checkAccessibility } from './accessibility.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { expect } from './expect.ts'
import { openNetwork } from './network.ts'

const document = (style: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title><link rel="icon" href="data:,">
<style nonce="abc">body { color: #000; background: #fff } ${style}</style></head><body><main><h1>A page</h1>${body}</main></body></html>`

const dark = '@media (prefers-color-scheme: dark) { body { color: #333; background: #000 } }'
const pages: Record<string, string> = {
  '/good': document('', '<p>Text</p><button style-free>Do</button>'),
  '/dark': document(dark, '<p>Text</p>'),
  '/wide': document('.wide { width: 600px }', '<p class="wide">Text</p>'),
  '/small': document(
    'button { width: 12px; height: 12px; padding: 0 }',
    '<button aria-label="a"></button><button aria-label="b"></button>',
  ),
  '/inline': document('', '<p>Text</p><script>document.title = "changed"</script>'),
  '/thrown': `${document('', '<p>Text</p>')}<script src="/thrown.js"></script>`,
}

let server: Server
let origin: string
let browser: TestBrowser

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; img-src data:; script-src 'self'; style-src 'nonce-abc'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    if (path === '/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    } else if (path === '/thrown.js') {
      response.setHeader('content-type', 'text/javascript').end("setTimeout(() => { throw new Error('on purpose') })")
    } else response.setHeader('content-type', 'text/html').end(pages[path] ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  server.closeAllConnections()
  server.close()
})

/** What the check says of a page. */
async function saidOf(path: string): Promise<string> {
  let said = ''
  await browser.visit(async ({ page }) => {
    await page.goto(origin + path)
    said = await checkAccessibility(page, 'a state').then(
      () => '',
      (error: Error) => error.message,
    )
  })
  return said
}

test('a sound page passes under a strict Content-Security-Policy and is left as it was', async () => {
  await browser.visit(
    async ({ page }) => {
      await page.goto(`${origin}/good`)
      await checkAccessibility(page, 'a state')
      expect(page.viewportSize()).toEqual({ width: 700, height: 500 })
      expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
    },
    { viewport: { width: 700, height: 500 }, colorScheme: 'dark' },
  )
})

test('text that is too faint in the dark alone is found, with where and when', async () => {
  const said = await saidOf('/dark')
  expect(said).toMatch(/^"a state" is not accessible:\ndark 1280 px: color-contrast \(serious\)/)
  expect(said).not.toContain('light')
})

test('a page wider than a small screen is found, with what sticks out', async () => {
  expect(await saidOf('/wide')).toMatch(/light 390 px: the page is \d+ px wide; what sticks out: p\.wide/)
})

test('targets too small to hit are found', async () => {
  expect(await saidOf('/small')).toContain('target-size')
})

test.each([
  ['/inline', /Content Security Policy/],
  ['/thrown', /uncaught: Error: on purpose/],
])('a visit to %s fails with what the console says, and keeps a screenshot and a trace', async (path, expected) => {
  const failure = await browser
    .visit(async ({ page }) => {
      await page.goto(origin + path, { waitUntil: 'load' })
      await page.evaluate(() => new Promise(resolve => setTimeout(resolve)))
    })
    .then(
      () => null,
      (error: Error) => error,
    )
  expect(failure?.message).toMatch(expected)
  const folder = / are in (\S+)$/.exec(failure?.message ?? '')?.[1] ?? ''
  expect((await readdir(folder)).sort()).toEqual(['console.txt', 'page-1.png', 'trace.zip'])
  await rm(folder, { recursive: true })
})

test('what a test means to cause does not fail it', async () => {
  await browser.visit(async ({ page, trouble }) => {
    trouble.allow(/on purpose/)
    await page.goto(`${origin}/thrown`)
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve)))
  })
})

test('cutting the network ends a stream that is open and refuses new requests, until it is restored', async () => {
  const network = await openNetwork()
  try {
    await browser.visit(
      async ({ page, trouble }) => {
        trouble.allow(/net::ERR_/)
        await page.goto(`${origin}/good`)
        const ask = () =>
          page.evaluate(() =>
            fetch('/good').then(
              ({ status }) => status,
              () => 'refused',
            ),
          )
        const stream = await page.evaluateHandle(async () => {
          const reader = (await fetch('/stream')).body?.getReader()
          await reader?.read()
          return {
            end: reader?.read().then(
              () => 'went on',
              () => 'cut',
            ),
          }
        })
        expect(await ask()).toBe(200)
        network.cut(origin)
        expect(await stream.evaluate(({ end }) => end)).toBe('cut')
        expect(await ask()).toBe('refused')
        network.restore()
        expect(await ask()).toBe(200)
      },
      { proxy: network.proxy },
    )
  } finally {
    await network.close()
  }
})
