import { z } from 'zod'
import { invalid } from '../api/errors.ts'
import { page } from '../api/paging.ts'
import { findAttribute, type Workspace } from '../world/workspace.ts'
import { compareBy, compileFilter, type Filterable } from './filter.ts'

export const queryBody = z.object({
  filter: z.unknown().optional(),
  sorts: z.array(z.object({ attribute: z.string(), direction: z.enum(['asc', 'desc']), field: z.string().optional() })).optional(),
  limit: z.number().int().optional(),
  offset: z.number().int().optional(),
})

/** Filters, sorts and cuts rows as the query endpoints do: 500 at a time unless asked otherwise. */
export function runQuery<T extends Filterable>(
  rows: T[],
  query: z.output<typeof queryBody>,
  where: { workspace: Workspace; parentId: string; idSlugs: string[]; at: number },
): T[] {
  const attribute = (slug: string) => findAttribute(where.workspace, where.parentId, slug, where.at)
  const test = compileFilter({ attribute, idSlugs: where.idSlugs }, query.filter)
  const found = rows.filter(test)
  for (const sort of (query.sorts ?? []).toReversed()) {
    const by = attribute(sort.attribute)
    if (by === undefined) throw invalid(`Attribute with slug/ID "${sort.attribute}" not found.`, 'value_not_found')
    found.sort(compareBy(by, sort.field, sort.direction))
  }
  return page(found, { limit: query.limit, offset: query.offset }, { standard: 500 })
}
