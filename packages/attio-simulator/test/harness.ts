import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SimulatorOptions, startSimulator } from '../src/index.ts'

export type Json = Record<string, unknown>

/** Walks into parsed JSON by keys; undefined where there is nothing. */
export const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value)

export const text = (value: unknown, ...path: (string | number)[]): string => {
  const found = at(value, ...path)
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value)}`)
  return found
}

export const list = (value: unknown, ...path: (string | number)[]): unknown[] => {
  const found = at(value, ...path)
  if (!Array.isArray(found)) throw new Error(`no array at ${path.join('.')} of ${JSON.stringify(value)}`)
  return found
}

/** Waits for a condition; fails with what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 8_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

export interface Received {
  at: number
  headers: IncomingHttpHeaders
  body: Buffer
  json: Json
}

/** A webhook target that keeps what it gets and answers as told. */
export async function openReceiver() {
  const received: Received[] = []
  let answer: (count: number) => number | 'silence' = () => 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      let json: Json = {}
      try {
        json = JSON.parse(body.toString())
      } catch {
        // Some tests send what is not JSON.
      }
      received.push({ at: performance.now(), headers: request.headers, body, json })
      const status = answer(received.length)
      if (status !== 'silence') response.writeHead(status).end('heard')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    events: (): Json[] => received.flatMap(delivery => list(delivery.json, 'events') as Json[]),
    types: (): string[] => received.flatMap(delivery => list(delivery.json, 'events').map(event => text(event, 'event_type'))),
    answer(how: (count: number) => number | 'silence') {
      answer = how
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface Reply {
  status: number
  headers: Headers
  body: unknown
}

/** A simulator with a token of its demo workspace and short ways to ask it. */
export async function openSimulator(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options)
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(simulator.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    })
    const raw = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(raw) : raw }
  }
  const control = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    ask(method, `/_simulator${path}`, body, headers)
  const issued = await control('POST', '/tokens', { workspace: 'northwind' })
  const token = text(issued.body, 'access_token')
  return {
    simulator,
    url: simulator.url,
    token,
    ask,
    control,
    /** As the app that holds the token. */
    api: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask(method, `/v2${path}`, body, { authorization: `Bearer ${token}`, ...headers }),
    /** As a member at Attio's own pages: no token, no budget. */
    person: (email: string, method: string, path: string, body?: unknown) =>
      control(method, `/api/v2${path}${path.includes('?') ? '&' : '?'}workspace=northwind`, body, { 'x-simulator-actor': email }),
    faults: (changes: Json) => control('PUT', '/faults', changes),
    async subscribe(target: string, types: string[], filter: unknown = null) {
      const made = await ask(
        'POST',
        '/v2/webhooks',
        { data: { target_url: target, subscriptions: types.map(event_type => ({ event_type, filter })) } },
        { authorization: `Bearer ${token}` },
      )
      return { id: text(made.body, 'data', 'id', 'webhook_id'), secret: text(made.body, 'data', 'secret') }
    },
    close: () => simulator.close(),
  }
}

export type OpenSimulator = Awaited<ReturnType<typeof openSimulator>>
export type OpenReceiver = Awaited<ReturnType<typeof openReceiver>>
