import { z } from 'zod'
import { nanoTime } from '../../world/time.ts'
import type { Task } from '../../world/types.ts'
import { requireObject, requireRecord, type Workspace } from '../../world/workspace.ts'
import { createTask, deleteTask, updateTask } from '../../writes/tasks.ts'
import { invalid, notFound } from '../errors.ts'
import { page, text } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

export const taskOutput = (workspace: Workspace, task: Task) => ({
  id: { workspace_id: workspace.id, task_id: task.id },
  content_plaintext: task.content,
  is_completed: task.completed,
  completed_at: task.completedAt === null ? null : nanoTime(task.completedAt),
  deadline_at: task.deadlineAt === null ? null : nanoTime(task.deadlineAt),
  linked_records: task.links.map(link => ({
    target_object_id: workspace.objects.get(link.objectId)?.slug ?? link.objectId,
    target_record_id: link.recordId,
  })),
  assignees: task.assigneeIds.map(id => ({ referenced_actor_type: 'workspace-member', referenced_actor_id: id })),
  created_by_actor: task.createdBy,
  created_at: nanoTime(task.createdAt),
})

const link = z.object({ target_object: z.string(), target_record_id: z.string() })
const assignee = z.union([
  z.object({ referenced_actor_type: z.literal('workspace-member'), referenced_actor_id: z.string() }),
  z.object({ workspace_member_email_address: z.string() }),
])
const deadline = z
  .string()
  .refine(value => !Number.isNaN(Date.parse(value)), 'not a timestamp')
  .nullable()

export const taskBody = z.object({
  content: z.string(),
  format: z.literal('plaintext').default('plaintext'),
  deadline_at: deadline,
  is_completed: z.boolean(),
  linked_records: z.array(link),
  assignees: z.array(assignee),
})

export const taskChanges = taskBody.omit({ format: true }).partial()

const moment = (value: string | null) => (value === null ? null : Date.parse(value))

export const linksOf = (workspace: Workspace, links: z.output<typeof link>[]): Task['links'] =>
  links.map(({ target_object, target_record_id }) => {
    const object = requireObject(workspace, target_object)
    return { objectId: object.id, recordId: requireRecord(workspace, object.id, target_record_id).id }
  })

export const assigneesOf = (workspace: Workspace, assignees: z.output<typeof assignee>[]): string[] =>
  assignees.map(given => {
    const wanted = 'referenced_actor_id' in given ? given.referenced_actor_id : given.workspace_member_email_address
    const member = workspace.members.all().find(candidate => candidate.id === wanted || candidate.email === wanted)
    if (member === undefined) throw invalid(`Workspace member with ID "${wanted}" not found.`, 'value_not_found')
    return member.id
  })

/** The fields of a request as the task's own; what is left out stays out. Attio keeps a task's text as it was. */
export function taskFields(workspace: Workspace, given: z.output<typeof taskChanges>) {
  return {
    ...(given.content === undefined ? {} : { content: given.content }),
    ...(given.deadline_at === undefined ? {} : { deadlineAt: moment(given.deadline_at) }),
    ...(given.is_completed === undefined ? {} : { completed: given.is_completed }),
    ...(given.linked_records === undefined ? {} : { links: linksOf(workspace, given.linked_records) }),
    ...(given.assignees === undefined ? {} : { assigneeIds: assigneesOf(workspace, given.assignees) }),
  }
}

const base = ['object_configuration:read', 'record_permission:read', 'user_management:read']
const reading = ['task:read', ...base]
const writing = ['task:read-write', ...base]

const taskOf = ({ workspace, params }: Call, at?: number): Task => {
  const task = workspace.tasks.get(params.task ?? '', at)
  if (task === undefined) throw notFound(`Could not find Task with ID "${params.task}".`)
  return task
}

function wanted({ query, workspace }: Call): (task: Task) => boolean {
  const recordId = text(query, 'linked_record_id')
  const completed = text(query, 'is_completed')
  const assigned = text(query, 'assignee')
  const member = workspace.members.all().find(row => row.id === assigned || row.email === assigned)
  return task =>
    (recordId === undefined || task.links.some(({ recordId: id }) => id === recordId)) &&
    (completed === undefined || String(task.completed) === completed) &&
    (assigned === undefined ||
      (assigned === '' || assigned === 'null' ? task.assigneeIds.length === 0 : task.assigneeIds.includes(member?.id ?? '')))
}

export function taskRoutes(routes: RouteTable): void {
  routes.get('/tasks', { scopes: reading }, call => {
    const found = call.workspace.tasks.all(call.at).filter(wanted(call))
    const sorted = text(call.query, 'sort') === 'created_at:desc' ? found.toReversed() : found
    return { data: page(sorted, call.query, { standard: 500 }).map(task => taskOutput(call.workspace, task)) }
  })
  routes.get('/tasks/:task', { scopes: reading }, call => ({ data: taskOutput(call.workspace, taskOf(call, call.at)) }))
  routes.post('/tasks', { scopes: writing }, ({ workspace, body, writer }) => {
    const given = body(dataOf(taskBody)).data
    return { data: taskOutput(workspace, createTask(writer, { content: given.content, ...taskFields(workspace, given) })) }
  })
  routes.patch('/tasks/:task', { scopes: writing }, call => {
    const task = taskOf(call)
    const given = call.body(dataOf(taskChanges)).data
    return { data: taskOutput(call.workspace, updateTask(call.writer, task, taskFields(call.workspace, given))) }
  })
  routes.delete('/tasks/:task', { scopes: ['task:read-write'] }, call => {
    deleteTask(call.writer, taskOf(call))
    return {}
  })
}
