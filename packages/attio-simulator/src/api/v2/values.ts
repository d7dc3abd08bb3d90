import { valueOutput } from '../../values/output.ts'
import { active } from '../../values/write.ts'
import type { Values } from '../../world/types.ts'
import { requireAttribute } from '../../world/workspace.ts'
import { invalid } from '../errors.ts'
import { flag, page } from '../paging.ts'
import type { Call, RouteTable } from '../route.ts'
import { entryOf } from './entries.ts'
import { recordOf } from './records.ts'

/** An attribute's values of one row: the active ones, or with `show_historic` all there ever were, oldest first. */
function history({ workspace, params, query, at }: Call, parentId: string, values: Values) {
  const attribute = requireAttribute(workspace, parentId, params.attribute ?? '', at)
  const historic = flag(query, 'show_historic')
  if (historic && attribute.enriched) throw invalid('Cannot set show_historic param to true when querying a COMINT attribute.')
  const all = values[attribute.id] ?? []
  const rows = historic ? all : active(all)
  return { data: page(rows, query, { standard: 500 }).map(value => valueOutput(workspace, attribute, value)) }
}

export function valueRoutes(routes: RouteTable): void {
  routes.get(
    '/objects/:object/records/:record/attributes/:attribute/values',
    { scopes: ['record_permission:read', 'object_configuration:read'] },
    call => {
      const record = recordOf(call)
      return history(call, record.objectId, record.values)
    },
  )
  routes.get(
    '/lists/:list/entries/:entry/attributes/:attribute/values',
    { scopes: ['list_entry:read', 'list_configuration:read'] },
    call => {
      const entry = entryOf(call)
      return history(call, entry.listId, entry.values)
    },
  )
}
