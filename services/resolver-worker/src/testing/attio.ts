import { startSimulator } from '@worksights/attio-simulator'
import { z } from 'zod'

/*
 * Attio for tests: the simulator over HTTP, written to as people do, read as tests need it.
 */

const reply = z.looseObject({ data: z.looseObject({ id: z.record(z.string(), z.string()) }) })
const workspace = z.object({
  objects: z.record(z.string(), z.string()),
  lists: z.record(z.string(), z.string()),
  members: z.array(z.object({ id: z.string(), email: z.string() })),
})
const attributes = z.object({ data: z.array(z.object({ id: z.object({ attribute_id: z.string() }), api_slug: z.string() })) })

export type TestAttio = Awaited<ReturnType<typeof openAttio>>

export async function openAttio(slug = 'northwind') {
  const simulator = await startSimulator()
  async function call(method: string, path: string, body?: unknown, actor?: string): Promise<unknown> {
    const response = await fetch(`${simulator.url}/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(actor === undefined ? {} : { 'x-simulator-actor': actor }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
  const known = workspace.parse(await call('GET', `/workspaces/${slug}`))
  const api = (path: string) => `/api${path}${path.includes('?') ? '&' : '?'}workspace=${slug}`
  const member = (first: string) => {
    const found = known.members.find(({ email }) => email.startsWith(first.toLowerCase()))
    if (!found) throw new Error(`no member ${first}`)
    return found.id
  }
  return {
    url: simulator.url,
    objects: known.objects as Record<'people' | 'companies' | 'deals' | 'projects', string>,
    lists: known.lists as Record<'hot_leads' | 'at_risk' | 'board_candidates', string>,
    member,
    /** The id of an attribute of an object or a list. */
    async attribute(target: 'objects' | 'lists', parent: string, attributeSlug: string): Promise<string> {
      const { data } = attributes.parse(await call('GET', api(`/v2/${target}/${parent}/attributes?limit=100`)))
      const found = data.find(attribute => attribute.api_slug === attributeSlug)
      if (!found) throw new Error(`${parent} has no attribute ${attributeSlug}`)
      return found.id.attribute_id
    },
    /** Writes as a person does in Attio's own pages; gives the ids of what was written. */
    async write(method: string, path: string, data?: object, actor = member('ada')): Promise<Record<string, string>> {
      const answer = await call(method, api(path), data === undefined ? undefined : { data }, actor)
      return reply.safeParse(answer).data?.data.id ?? {}
    },
    /** Puts or removes state that no webhook hears of. */
    put: (path: string, body: object) => call('PUT', `/workspaces/${slug}/${path}`, body),
    remove: (path: string) => call('DELETE', `/workspaces/${slug}/${path}`),
    record: async (path: string, actor: string) =>
      reply.parse(await call('POST', `/workspaces/${slug}/call-recordings`, { meeting_id: path }, actor)).data.id,
    faults: (switches: object) => call('PUT', '/faults', switches),
    heal: () => call('DELETE', '/faults'),
    async token(scopes?: string[]): Promise<string> {
      const answer = await call('POST', '/tokens', { workspace: slug, ...(scopes ? { scopes } : {}) })
      return z.object({ access_token: z.string() }).parse(answer).access_token
    },
    /** How often the API was asked, since `forget`. */
    async asked(path = '/v2'): Promise<number> {
      return z.object({ count: z.number() }).parse(await call('GET', `/requests?path=${encodeURIComponent(path)}`)).count
    },
    forget: () => call('DELETE', '/requests'),
    close: () => simulator.close(),
  }
}
