import { z } from 'zod'
import { requireObject, requireRecord } from '../../world/workspace.ts'
import { mergeRecords } from '../../writes/merge.ts'
import { invalid } from '../errors.ts'
import { dataOf, type RouteTable } from '../route.ts'
import { recordOutput } from './records.ts'

const mergeBody = dataOf(z.object({ primary_record_id: z.string(), secondary_record_id: z.string() }))

/** Attio's merge (beta): 200 when done at once, 202 while the result is still `merge_in_progress`. */
export function mergeRoutes(routes: RouteTable): void {
  const scopes = ['record_permission:read-write', 'object_configuration:read']
  routes.post('/objects/:object/records/merge', { scopes, limit: 5 }, ({ workspace, params, body, writer, response }) => {
    const object = requireObject(workspace, params.object ?? '')
    const { primary_record_id, secondary_record_id } = body(mergeBody).data
    if (primary_record_id === secondary_record_id) throw invalid('A record cannot be merged with itself.')
    const primary = requireRecord(workspace, object.id, primary_record_id)
    const merged = mergeRecords(writer, primary, requireRecord(workspace, object.id, secondary_record_id))
    if (merged.readableFrom > merged.createdAt) response.status(202)
    return { data: recordOutput(workspace, merged, writer.now()) }
  })
}
