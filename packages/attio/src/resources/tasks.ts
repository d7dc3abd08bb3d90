import { z } from 'zod'
import { actor, attioId, flag, inData, moment, optionalText } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

/** A task. Its text is all the title it has. */
const task = z.object({
  id: z.object({ workspace_id: attioId, task_id: attioId }),
  content_plaintext: z.string().catch(''),
  is_completed: flag,
  /** Null while open, and where Attio does not say. */
  completed_at: moment,
  deadline_at: moment,
  /** `target_object_id` may be an id or a slug. */
  linked_records: z.array(z.object({ target_object_id: z.string(), target_record_id: attioId })).catch([]),
  assignees: z.array(z.object({ referenced_actor_type: z.string(), referenced_actor_id: optionalText })).catch([]),
  created_by_actor: actor,
  created_at: moment,
})
export type TaskReply = z.infer<typeof task>

const scopes = ['task:read', 'object_configuration:read', 'record_permission:read', 'user_management:read']

export function taskCalls(send: Send) {
  return {
    getTask: (taskId: string, options?: CallOptions) =>
      send({ method: 'GET', path: '/v2/tasks/{task_id}', params: { task_id: taskId }, schema: inData(task), scopes }, options),
  }
}
