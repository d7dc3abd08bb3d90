import { z } from 'zod'
import { nanoTime } from '../../world/time.ts'
import type { ObjectType } from '../../world/types.ts'
import { requireObject, type Workspace } from '../../world/workspace.ts'
import { invalid } from '../errors.ts'
import { dataOf, type RouteTable } from '../route.ts'

export const objectOutput = (workspace: Workspace, object: ObjectType) => ({
  id: { workspace_id: workspace.id, object_id: object.id },
  api_slug: object.slug,
  singular_noun: object.singular,
  plural_noun: object.plural,
  created_at: nanoTime(object.createdAt),
})

const objectPatch = z.object({ api_slug: z.string().optional(), singular_noun: z.string().optional(), plural_noun: z.string().optional() })

export function objectRoutes(routes: RouteTable): void {
  routes.get('/objects', { scopes: ['object_configuration:read'] }, ({ workspace, at }) => ({
    data: workspace.objects.all(at).map(object => objectOutput(workspace, object)),
  }))
  routes.get('/objects/:object', { scopes: ['object_configuration:read'] }, ({ workspace, params, at }) => ({
    data: objectOutput(workspace, requireObject(workspace, params.object ?? '', at)),
  }))
  routes.patch('/objects/:object', { scopes: ['object_configuration:read-write'] }, ({ workspace, params, body, writer }) => {
    const object = requireObject(workspace, params.object ?? '')
    const changes = body(dataOf(objectPatch)).data
    if (Object.keys(changes).length === 0)
      throw invalid('You passed an empty payload. Please ensure you are updating at least one property in your request.')
    const updated: ObjectType = {
      ...object,
      slug: changes.api_slug ?? object.slug,
      singular: changes.singular_noun ?? object.singular,
      plural: changes.plural_noun ?? object.plural,
    }
    workspace.objects.put(object.id, updated, writer.now())
    return { data: objectOutput(workspace, updated) }
  })
}
