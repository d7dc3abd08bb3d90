import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { Task } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export function createTask(context: WriteContext, fields: Pick<Task, 'content'> & Partial<Task>): Task {
  const now = context.now()
  const task: Task = {
    id: freshId(),
    deadlineAt: null,
    completed: false,
    completedAt: fields.completed === true ? now : null,
    links: [],
    assigneeIds: [],
    createdBy: context.actor,
    createdAt: now,
    ...fields,
  }
  context.workspace.tasks.put(task.id, task, now)
  context.emit(events.task('task.created', context, task.id))
  return task
}

export type TaskChanges = Partial<Pick<Task, 'content' | 'deadlineAt' | 'completed' | 'links' | 'assigneeIds'>>

/** One task.updated however much changes; none if nothing does. Ticking sets `completed_at`, unticking clears it. */
export function updateTask(context: WriteContext, task: Task, changes: TaskChanges): Task {
  const now = context.now()
  const completed = changes.completed ?? task.completed
  const completedAt = completed ? (task.completedAt ?? now) : null
  const updated: Task = { ...task, ...changes, completed, completedAt }
  if (JSON.stringify(updated) === JSON.stringify(task)) return task
  context.workspace.tasks.put(task.id, updated, now)
  context.emit(events.task('task.updated', context, task.id))
  return updated
}

export function deleteTask(context: WriteContext, task: Task): void {
  context.workspace.tasks.remove(task.id, context.now())
  context.emit(events.task('task.deleted', context, task.id))
}
