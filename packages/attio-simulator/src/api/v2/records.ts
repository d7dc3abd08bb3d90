import { z } from 'zod'
import { queryBody, runQuery } from '../../query/run.ts'
import { valuesOutput } from '../../values/output.ts'
import { active } from '../../values/write.ts'
import { nanoTime } from '../../world/time.ts'
import type { RecordRow } from '../../world/types.ts'
import { requireObject, requireRecord, type Workspace } from '../../world/workspace.ts'
import { createRecord, deleteRecord, updateRecord } from '../../writes/records.ts'
import { ApiError, invalid } from '../errors.ts'
import { text } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

const webPaths: Record<string, string> = { companies: 'company', people: 'person' }

export function recordUrl(workspace: Workspace, record: RecordRow, at: number): string {
  const slug = workspace.objects.get(record.objectId, at)?.slug ?? record.objectId
  return `https://app.attio.com/${workspace.slug}/${webPaths[slug] ?? `${slug}/record`}/${record.id}`
}

export const recordOutput = (workspace: Workspace, record: RecordRow, at: number) => ({
  id: { workspace_id: workspace.id, object_id: record.objectId, record_id: record.id },
  created_at: nanoTime(record.createdAt),
  web_url: recordUrl(workspace, record, at),
  values: valuesOutput(workspace, record.objectId, record.values, at),
})

const valuesBody = dataOf(z.object({ values: z.record(z.string(), z.unknown()) }))
const reading = ['record_permission:read', 'object_configuration:read']
const writing = ['record_permission:read-write', 'object_configuration:read']

/** The object and record a path names, as of the call's moment. A merge that is not finished answers `merge_in_progress`. */
export function recordOf({ workspace, params, at, world }: Call, when: 'as read' | 'now' = 'as read'): RecordRow {
  const moment = when === 'now' ? undefined : at
  const object = requireObject(workspace, params.object ?? '', moment)
  const record = requireRecord(workspace, object.id, params.record ?? '', moment)
  if (world.clock() < record.readableFrom)
    throw new ApiError(404, 'merge_in_progress', `Record with ID "${record.id}" is being merged. Please try again later.`)
  return record
}

function assertRecord(call: Call) {
  const { workspace, params, query, body, writer } = call
  const object = requireObject(workspace, params.object ?? '')
  const slug = text(query, 'matching_attribute') ?? ''
  const attribute = workspace.attributes.all().find(row => row.parentId === object.id && (row.slug === slug || row.id === slug))
  if (attribute === undefined) throw invalid(`No attribute was found for matching_attribute slug/ID "${slug}".`, 'value_not_found')
  const values = body(valuesBody).data.values
  const wanted = values[attribute.slug] ?? values[attribute.id]
  const filter = { [attribute.slug]: { $in: (Array.isArray(wanted) ? wanted : [wanted]).map(plain) } }
  const where = { workspace, parentId: object.id, idSlugs: ['record_id'], at: writer.now() }
  const rows = workspace.records.all().filter(row => row.objectId === object.id)
  const matches = runQuery(rows, { filter }, where)
  if (matches.length > 1) throw invalid(`Multiple records were found for matching attribute "${slug}".`, 'multiple_match_results')
  const match = matches[0]
  return match === undefined ? createRecord(writer, object, values) : updateRecord(writer, match, values, 'overwrite')
}

const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Object.values(value)[0] : value)

export function recordRoutes(routes: RouteTable): void {
  routes.query('/objects/:object/records/query', { scopes: reading }, ({ workspace, params, body, at, world }) => {
    const object = requireObject(workspace, params.object ?? '', at)
    const rows = workspace.records.all(at).filter(row => row.objectId === object.id && row.readableFrom <= world.clock())
    const found = runQuery(rows, body(queryBody), { workspace, parentId: object.id, idSlugs: ['record_id'], at })
    return { data: found.map(record => recordOutput(workspace, record, at)) }
  })
  routes.get('/objects/:object/records/:record', { scopes: reading }, call => ({
    data: recordOutput(call.workspace, recordOf(call), call.at),
  }))
  routes.post('/objects/:object/records', { scopes: writing }, ({ workspace, params, body, writer }) => {
    const object = requireObject(workspace, params.object ?? '')
    return { data: recordOutput(workspace, createRecord(writer, object, body(valuesBody).data.values), writer.now()) }
  })
  routes.put('/objects/:object/records', { scopes: writing }, call => ({
    data: recordOutput(call.workspace, assertRecord(call), call.writer.now()),
  }))
  for (const [method, mode] of [
    ['patch', 'append'],
    ['put', 'overwrite'],
  ] as const)
    routes[method]('/objects/:object/records/:record', { scopes: writing }, call => {
      const updated = updateRecord(call.writer, recordOf(call, 'now'), call.body(valuesBody).data.values, mode)
      return { data: recordOutput(call.workspace, updated, call.writer.now()) }
    })
  routes.delete('/objects/:object/records/:record', { scopes: writing }, call => {
    deleteRecord(call.writer, recordOf(call, 'now'))
    return {}
  })
  routes.get('/objects/:object/records/:record/entries', { scopes: [...reading, 'list_entry:read'] }, call => {
    const record = recordOf(call)
    return {
      data: call.workspace.entries
        .all(call.at)
        .filter(entry => entry.recordId === record.id)
        .map(entry => ({
          list_id: entry.listId,
          list_api_slug: call.workspace.lists.get(entry.listId, call.at)?.slug ?? '',
          entry_id: entry.id,
          created_at: nanoTime(entry.createdAt),
        })),
    }
  })
}

const searchBody = z.object({
  query: z.string(),
  limit: z.number().int().min(1).max(25).default(25),
  objects: z.array(z.string()).min(1),
  request_as: z.object({ type: z.enum(['workspace', 'workspace-member']) }).loose(),
})

export function searchRoutes(routes: RouteTable): void {
  routes.query('/objects/records/search', { scopes: reading }, ({ workspace, body, at }) => {
    const { query, limit, objects } = body(searchBody)
    const wanted = new Map(objects.map(slug => [requireObject(workspace, slug, at).id, requireObject(workspace, slug, at).slug]))
    const found = workspace.records
      .all(at)
      .filter(record => wanted.has(record.objectId))
      .map(record => ({ record, label: recordLabel(workspace, record) }))
      .filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()))
    return {
      data: found.slice(0, limit).map(({ record, label }) => ({
        id: { workspace_id: workspace.id, object_id: record.objectId, record_id: record.id },
        record_text: label,
        record_image: null,
        object_slug: wanted.get(record.objectId) ?? '',
      })),
    }
  })
}

/** A record's name as Attio's search shows it: its `name`, else its first text. */
function recordLabel(workspace: Workspace, record: RecordRow): string {
  const attributes = workspace.attributes.all().filter(row => row.parentId === record.objectId && !row.system)
  const name = workspace.attributes.all().find(row => row.parentId === record.objectId && row.slug === 'name')
  for (const attribute of name === undefined ? attributes : [name]) {
    const data = active(record.values[attribute.id])[0]?.data
    const label = data?.full_name ?? data?.value
    if (typeof label === 'string') return label
  }
  return ''
}
