import { z } from 'zod'

/** Attio as a member uses it, and the simulator's switches. */
export type Simulator = {
  /** Writes as a person does in Attio's own pages; `actor` is an e-mail address, `system` or `api-token:<id>`. Gives the reply's `data`. */
  write(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, actor: string, data?: object): Promise<Record<string, unknown>>
  read(path: string): Promise<unknown>
  control<T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown, actor?: string): Promise<T>
  /** Ids of what the workspace came with, by slug or name. */
  ids: { objects: Record<string, string>; lists: Record<string, string>; members: Record<string, string> }
}

const named = z.object({ data: z.array(z.looseObject({ id: z.record(z.string(), z.string()) })) })

export async function openSimulator(url: string, workspace = 'northwind'): Promise<Simulator> {
  const call = async (method: string, address: string, headers: Record<string, string>, body?: unknown) => {
    const response = await fetch(address, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${address} answered ${response.status}: ${text.slice(0, 500)}`)
    return text === '' ? {} : (JSON.parse(text) as unknown)
  }
  const address = (path: string) => `${url}/_simulator/api${path}${path.includes('?') ? '&' : '?'}workspace=${workspace}`
  const read = (path: string) => call('GET', address(path), {})
  const idsBy = async (path: string, key: string, id: string) =>
    Object.fromEntries(named.parse(await read(path)).data.map(item => [String(item[key]), item.id[id] ?? '']))
  return {
    read,
    async write(method, path, actor, data) {
      const reply = await call(method, address(path), { 'x-simulator-actor': actor }, data === undefined ? undefined : { data })
      return z.looseObject({ data: z.record(z.string(), z.unknown()).default({}) }).parse(reply).data
    },
    async control(method, path, schema, body, actor) {
      const headers: Record<string, string> = actor === undefined ? {} : { 'x-simulator-actor': actor }
      return schema.parse(await call(method, `${url}/_simulator${path}`, headers, body))
    },
    ids: {
      objects: await idsBy('/v2/objects', 'api_slug', 'object_id'),
      lists: await idsBy('/v2/lists', 'name', 'list_id'),
      members: await idsBy('/v2/workspace_members', 'email_address', 'workspace_member_id'),
    },
  }
}

/** The id of what a write answered with: `id.<key>`. */
export function idOf(data: Record<string, unknown>, key: string): string {
  return z.record(z.string(), z.string()).parse(data.id)[key] ?? ''
}
