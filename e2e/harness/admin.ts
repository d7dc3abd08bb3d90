import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

export const run = z.looseObject({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  error: z.string().nullable().optional(),
  steps: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().nullable() })),
})
export type Run = z.infer<typeof run>

export type Reply = { status: number; text: string; json: unknown }

export type Admin = {
  /** One request, whatever it is answered. */
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Reply>
  /** The JSON of a reply that must be 2xx, of the shape expected. */
  read<T>(schema: z.ZodType<T>, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>
  /** Asks for a long action and waits for its end; throws when it failed. */
  finish(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Run>
}

const patienceMs = 30_000

/** The API as an admin's page uses it; `told` hears every reply. */
export function adminOf(url: string, token: string, told: (path: string, text: string) => void = () => {}): Admin {
  const call: Admin['call'] = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    told(path, text)
    return {
      status: response.status,
      text,
      json:
        /json/.test(response.headers.get('content-type') ?? '') && !/ndjson/.test(response.headers.get('content-type') ?? '')
          ? JSON.parse(text)
          : null,
    }
  }
  const read: Admin['read'] = async (schema, method, path, body) => {
    const { status, text, json } = await call(method, path, body)
    if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 500)}`)
    return schema.parse(json)
  }
  return {
    call,
    read,
    async finish(method, path, body) {
      const { id } = await read(run, method, path, body)
      const deadline = Date.now() + patienceMs
      for (;;) {
        const now = await read(run, 'GET', `/v1/runs/${id}`)
        if (now.state === 'done') return now
        if (now.state === 'failed' || Date.now() > deadline) throw new Error(`The run did not end well: ${JSON.stringify(now)}`)
        await pause(100)
      }
    },
  }
}

/** Waits until what `look` gives is right; fails with what it gave last. */
export async function eventually<T>(look: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const value = await look()
    if (isRight(value)) return value
    if (Date.now() > deadline) throw new Error(`Not so after ${patienceMs / 1000} s; last seen: ${JSON.stringify(value)}`)
    await pause(50)
  }
}
