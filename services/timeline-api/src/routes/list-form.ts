import type { ListSummary } from '@worksights/database'
import { z } from 'zod'
import type { Role } from '../auth/claims.ts'

/** An Attio list, as the API tells of it. */
export const listForm = z
  .object({
    id: z.string().meta({ description: "Attio's id of the list." }),
    connection: z.object({ id: z.uuid(), workspace_name: z.string() }),
    name: z.string().nullable().meta({ description: 'Null while unknown, and to members for a private list that is hidden.' }),
    objects: z.array(z.string()).meta({ description: "Slugs of the objects whose records it holds, as Attio's `companies`." }),
    access: z.enum(['workspace', 'private', 'unknown']).meta({
      description:
        '`workspace`: everybody in the workspace may see it. `private`: not everybody may, or Attio does not show it to the integration (any more). `unknown`: Attio was not asked yet; lines about it do not name it.',
    }),
    shown: z.boolean().meta({ description: 'Whether its entries, and comments on them, show in the timeline.' }),
    deleted: z.boolean(),
  })
  .meta({ id: 'List' })

export const exampleList = {
  id: '33ebdbe9-e529-47c9-b894-0ba25e9c15c0',
  connection: { id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e', workspace_name: 'Northwind Traders' },
  name: 'Board Candidates',
  objects: ['people'],
  access: 'private' as const,
  shown: true,
  deleted: false,
}

/** What showing a list sets going. */
export const replayRunId = z
  .uuid()
  .nullable()
  .meta({ description: 'The run that makes lines of what was withheld so far: `/v1/runs/{id}`. Null where nothing came to be shown.' })

/** The name of a private list can say as much as its entries: whoever may not see those is not told it, save admins, who decide. */
export function toListForm(list: ListSummary, role: Role): z.output<typeof listForm> {
  return {
    id: list.id,
    connection: { id: list.connectionId, workspace_name: list.workspaceName },
    name: list.shown || role === 'admin' ? list.name : null,
    objects: list.objects,
    access: list.access,
    shown: list.shown,
    deleted: list.deleted,
  }
}
