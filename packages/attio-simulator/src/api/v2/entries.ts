import { z } from 'zod'
import { queryBody, runQuery } from '../../query/run.ts'
import { valuesOutput } from '../../values/output.ts'
import { nanoTime } from '../../world/time.ts'
import type { Entry, List } from '../../world/types.ts'
import { requireList, type Workspace } from '../../world/workspace.ts'
import { createEntry, deleteEntry, updateEntry } from '../../writes/entries.ts'
import { invalid, notFound } from '../errors.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

export const entryOutput = (workspace: Workspace, entry: Entry, at: number) => ({
  id: { workspace_id: workspace.id, list_id: entry.listId, entry_id: entry.id },
  parent_record_id: entry.recordId,
  parent_object: workspace.objects.get(entry.objectId, at)?.slug ?? entry.objectId,
  created_at: nanoTime(entry.createdAt),
  entry_values: valuesOutput(workspace, entry.listId, entry.values, at),
})

const reading = ['list_entry:read', 'list_configuration:read']
const writing = ['list_entry:read-write', 'list_configuration:read']
const entryBody = dataOf(
  z.object({ parent_record_id: z.string(), parent_object: z.string(), entry_values: z.record(z.string(), z.unknown()).default({}) }),
)
const entryPatch = dataOf(z.object({ entry_values: z.record(z.string(), z.unknown()) }).loose())

/** The entry a path names, as of the call's moment. */
export function entryOf({ workspace, params, at }: Call, when: 'as read' | 'now' = 'as read'): Entry {
  const moment = when === 'now' ? undefined : at
  const list = requireList(workspace, params.list ?? '', moment)
  const entry = workspace.entries.get(params.entry ?? '', moment)
  if (entry === undefined || entry.listId !== list.id) throw notFound(`List entry with ID "${params.entry}" not found.`)
  return entry
}

export function parentOf(workspace: Workspace, list: List, objectSlug: string, recordId: string) {
  const object = workspace.objects.all().find(row => row.slug === objectSlug || row.id === objectSlug)
  const record = workspace.records.get(recordId)
  if (object === undefined || record === undefined || record.objectId !== object.id)
    throw invalid(`Parent record with slug/ID "${recordId}" not found.`, 'value_not_found')
  if (!list.parentObjects.includes(object.slug)) throw invalid(`List "${list.slug}" does not take records of object "${object.slug}".`)
  return record
}

export function entryRoutes(routes: RouteTable): void {
  routes.query('/lists/:list/entries/query', { scopes: reading }, ({ workspace, params, body, at }) => {
    const list = requireList(workspace, params.list ?? '', at)
    const rows = workspace.entries.all(at).filter(entry => entry.listId === list.id)
    const found = runQuery(rows, body(queryBody), { workspace, parentId: list.id, idSlugs: ['entry_id'], at })
    return { data: found.map(entry => entryOutput(workspace, entry, at)) }
  })
  routes.get('/lists/:list/entries/:entry', { scopes: reading }, call => ({ data: entryOutput(call.workspace, entryOf(call), call.at) }))
  routes.post('/lists/:list/entries', { scopes: writing }, ({ workspace, params, body, writer }) => {
    const list = requireList(workspace, params.list ?? '')
    const { parent_object, parent_record_id, entry_values } = body(entryBody).data
    const entry = createEntry(writer, list, parentOf(workspace, list, parent_object, parent_record_id), entry_values)
    return { data: entryOutput(workspace, entry, writer.now()) }
  })
  routes.put('/lists/:list/entries', { scopes: writing }, ({ workspace, params, body, writer }) => {
    const list = requireList(workspace, params.list ?? '')
    const { parent_object, parent_record_id, entry_values } = body(entryBody).data
    const record = parentOf(workspace, list, parent_object, parent_record_id)
    const matches = workspace.entries.all().filter(entry => entry.listId === list.id && entry.recordId === record.id)
    if (matches.length > 1)
      throw invalid(
        'Multiple entries were found for the given parent record. Please remove duplicates or use the update or create entry endpoints instead.',
        'multiple_match_results',
      )
    const match = matches[0]
    const entry =
      match === undefined ? createEntry(writer, list, record, entry_values) : updateEntry(writer, match, entry_values, 'overwrite')
    return { data: entryOutput(workspace, entry, writer.now()) }
  })
  for (const [method, mode] of [
    ['patch', 'append'],
    ['put', 'overwrite'],
  ] as const)
    routes[method]('/lists/:list/entries/:entry', { scopes: writing }, call => {
      const entry = entryOf(call, 'now')
      const data = call.body(entryPatch).data
      if ('parent_record_id' in data) throw invalid('The parent record for a list entry cannot be updated once created.', 'immutable_value')
      return { data: entryOutput(call.workspace, updateEntry(call.writer, entry, data.entry_values, mode), call.writer.now()) }
    })
  routes.delete('/lists/:list/entries/:entry', { scopes: writing }, call => {
    deleteEntry(call.writer, entryOf(call, 'now'))
    return {}
  })
}
