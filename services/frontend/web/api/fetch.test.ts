import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { fetchInTime, isTimeout } from './fetch.ts'

let server: Server

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => error,
  )

test('an answer that does not come, or does not end, is given up', async () => {
  const silent = await serve(() => undefined)
  expect(isTimeout(await failureOf(fetchInTime(new Request(silent), 50)))).toBe(true)
  server.closeAllConnections()
  server.close()
  const endless = await serve((_request, response) => response.writeHead(200).write('{'))
  const answer = await fetchInTime(new Request(endless), 200)
  expect(isTimeout(await failureOf(answer.text()))).toBe(true)
})

test('whoever leaves is not told of a timeout', async () => {
  const silent = await serve(() => undefined)
  const leaving = new AbortController()
  const asked = failureOf(fetchInTime(new Request(silent, { signal: leaving.signal }), 10_000))
  leaving.abort()
  expect(isTimeout(await asked)).toBe(false)
})

test('a stream may go on for longer', async () => {
  const stream = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': heartbeat\n\n')
    setTimeout(() => response.end('data: last\n\n'), 150)
  })
  const answer = await fetchInTime(new Request(stream, { headers: { accept: 'text/event-stream' } }), 50)
  expect(await answer.text()).toContain('last')
})
