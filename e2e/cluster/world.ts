import { connectWorkspace, mintToken, openApi } from '@worksights/dev-stack'
import { z } from 'zod'
import { type Admin, adminOf } from '../harness/admin.ts'
import { persist } from './forward.ts'

/** Where this machine reaches what is in the cluster. */
export type Reach = { api: string; attio: string; identity: string }

export type World = {
  admin: Admin
  /** Each workspace of the simulated Attio and the connection it became. */
  workspaces: { slug: string; connectionId: string }[]
  /** One request to the simulator's control API, put again until it is answered. */
  control<T>(method: 'GET' | 'POST', path: string, schema: z.ZodType<T>, body?: unknown): Promise<T>
}

/** The team that works in every workspace; Ada is the organisation's admin. */
const team = [
  ['Ada', 'Lovelace'],
  ['Grace', 'Hopper'],
  ['Katherine', 'Johnson'],
  ['Edsger', 'Dijkstra'],
].map(([first = '', last = '']) => ({ first, last, name: `${first} ${last}`, email: `${first}.${last}@northwind.example`.toLowerCase() }))

/** Signs Ada in, registers the team, makes workspaces at the simulator and connects each by OAuth, as an admin's browser does. */
export async function openWorld(reach: Reach, count: number, signal?: AbortSignal): Promise<World> {
  const [ada] = team
  if (!ada) throw new Error('There is no team.')
  const token = await persist(() => mintToken(reach.identity, ada.email), signal)
  const admin = adminOf(reach.api, token)
  const users = team.map(({ email, name }) => ({ email, name }))
  await persist(() => admin.read(z.unknown(), 'POST', '/v1/users', { users }), signal)
  const once: World['control'] = async (method, path, schema, body) => {
    const response = await fetch(`${reach.attio}/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /_simulator${path} answered ${response.status}: ${text.slice(0, 500)}`)
    return schema.parse(JSON.parse(text))
  }
  const control: World['control'] = (method, path, schema, body) => persist(() => once(method, path, schema, body), signal)
  await control('GET', '/workspaces', z.unknown())
  const workspaces: World['workspaces'] = []
  for (let place = 1; place <= count; place += 1) {
    const slug = `cluster-${place}`
    const members = team.map(({ first, last, email }, index) => ({ first, last, email, access: index === 0 ? 'admin' : 'member' }))
    await once('POST', '/workspaces', z.unknown(), { slug, name: `Cluster ${place}`, members })
    const connectionId = await connectWorkspace(
      openApi(reach.api, async () => token),
      slug,
      address => new URL(`${address.pathname}${address.search}`, reach.attio),
    )
    workspaces.push({ slug, connectionId })
  }
  return { admin, workspaces, control }
}
