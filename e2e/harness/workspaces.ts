import { connectWorkspace, openApi } from '@worksights/dev-stack'
import { z } from 'zod'
import { openSimulator, type Simulator } from './simulator.ts'
import type { RunningStack } from './stack.ts'

export type Workspace = { slug: string; workspaceId: string; connectionId: string; attio: Simulator; ids: Record<string, string> }

const summary = z.object({ id: z.string() })

/** Makes a workspace at the simulator whose one member is the organisation's admin, and connects it to that organisation. */
export async function addWorkspace(stack: RunningStack, organization: 'northwind' | 'globex', slug: string): Promise<Workspace> {
  const { urls, organizations } = stack.info
  const { admin } = organizations[organization]
  const [first = '', last = ''] = admin.name.split(' ')
  const attio = await openSimulator(urls.attio)
  const made = await attio.control('POST', '/workspaces', summary, {
    slug,
    name: `Workspace ${slug}`,
    members: [{ first, last, email: admin.email, access: 'admin' }],
  })
  const connectionId = await connectWorkspace(
    openApi(urls.api, async () => admin.token),
    slug,
  )
  return { slug, workspaceId: made.id, connectionId, attio: await openSimulator(urls.attio, slug), ids: {} }
}
