import { z } from 'zod'
import { nanoTime } from '../../world/time.ts'
import type { List } from '../../world/types.ts'
import { requireList, requireObject, type Workspace } from '../../world/workspace.ts'
import { createList, updateList } from '../../writes/lists.ts'
import { ApiError, conflict, invalid } from '../errors.ts'
import { dataOf, type RouteTable } from '../route.ts'

export const listOutput = (workspace: Workspace, list: List) => ({
  id: { workspace_id: workspace.id, list_id: list.id },
  api_slug: list.slug,
  created_at: nanoTime(list.createdAt),
  name: list.name,
  workspace_access: list.workspaceAccess,
  workspace_member_access: list.memberAccess,
  parent_object: list.parentObjects,
  created_by_actor: list.createdBy,
})

const level = z.enum(['full-access', 'read-and-write', 'read-only'])
const access = {
  workspace_access: level.nullable(),
  workspace_member_access: z.array(z.object({ workspace_member_id: z.string(), level })),
}
export const listBody = z.object({
  name: z.string().min(1),
  api_slug: z.string().min(1),
  parent_object: z.union([z.string(), z.array(z.string()).length(1)]),
  ...access,
})
export const listChanges = z.object({ name: z.string().min(1), api_slug: z.string().min(1), ...access }).partial()

function checkAccess(workspace: Workspace, memberAccess: List['memberAccess'] | undefined): void {
  const unknown = memberAccess?.find(row => workspace.members.get(row.workspace_member_id) === undefined)
  if (unknown !== undefined) throw invalid(`Workspace member with ID "${unknown.workspace_member_id}" not found.`, 'value_not_found')
}

export function listFields(given: z.output<typeof listChanges>): Partial<List> {
  return {
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.api_slug === undefined ? {} : { slug: given.api_slug }),
    ...(given.workspace_access === undefined ? {} : { workspaceAccess: given.workspace_access }),
    ...(given.workspace_member_access === undefined ? {} : { memberAccess: given.workspace_member_access }),
  }
}

export function listRoutes(routes: RouteTable): void {
  routes.get('/lists', { scopes: ['list_configuration:read'] }, ({ workspace, at }) => ({
    data: workspace.lists.all(at).map(list => listOutput(workspace, list)),
  }))
  routes.get('/lists/:list', { scopes: ['list_configuration:read'] }, ({ workspace, params, at }) => ({
    data: listOutput(workspace, requireList(workspace, params.list ?? '', at)),
  }))
  routes.post('/lists', { scopes: ['list_configuration:read-write'] }, ({ workspace, body, writer }) => {
    const given = body(dataOf(listBody)).data
    checkAccess(workspace, given.workspace_member_access)
    const slug = [given.parent_object].flat()[0] ?? ''
    if (workspace.objects.all().every(object => object.slug !== slug && object.id !== slug))
      throw new ApiError(404, 'not_found', `Parent object with slug/ID "${slug}" not found.`)
    if (workspace.lists.all().some(list => list.slug === given.api_slug))
      throw conflict(`A list with api_slug "${given.api_slug}" already exists.`, 'slug_conflict')
    const list = createList(writer, {
      slug: given.api_slug,
      name: given.name,
      parentObjects: [requireObject(workspace, slug).slug],
      workspaceAccess: given.workspace_access,
      memberAccess: given.workspace_member_access,
    })
    return { data: listOutput(workspace, list) }
  })
  routes.patch('/lists/:list', { scopes: ['list_configuration:read-write'] }, ({ workspace, params, body, writer }) => {
    const list = requireList(workspace, params.list ?? '')
    const given = body(dataOf(listChanges)).data
    checkAccess(workspace, given.workspace_member_access)
    return { data: listOutput(workspace, updateList(writer, list, listFields(given))) }
  })
}
