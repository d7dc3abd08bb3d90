import type { StoredEvent, TaskFacts, TaskSnapshot } from './facts.ts'
import { byTime } from './order.ts'

/*
 * Attio's task.updated does not say what changed, so each event carries the task as it read when the event was resolved. Walking the events in the
 * order they happened and comparing each with the last known state tells the changes. A reading may be late (a backlog): Attio's own completed_at then
 * tells whether the completion came before or after the event.
 */

/** What one task.updated changed, as far as the readings tell. */
export type TaskStep = {
  completion?: 'completed' | 'reopened'
  /** Names of other things that changed, in a fixed order. */
  fields: TaskField[]
}
export const taskFields = ['Text', 'Deadline', 'Assignees', 'Linked records'] as const
export type TaskField = (typeof taskFields)[number]

/** Attio's clock against the receipt of the event. */
const clockSlackMs = 5_000
/** First sight of a completed task: it was completed by this event if Attio says so within this time. */
const firstSightMs = 10 * 60_000

const sameMembers = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every(id => b.includes(id))

function completedBy(snapshot: TaskSnapshot, at: number): boolean {
  return snapshot.isCompleted && (snapshot.completedAt === null || snapshot.completedAt <= at + clockSlackMs)
}

function changedFields(before: TaskSnapshot, after: TaskSnapshot): TaskField[] {
  const changed: Record<TaskField, boolean> = {
    Text: before.text !== after.text,
    Deadline: before.deadlineAt !== after.deadlineAt,
    Assignees: !sameMembers(before.assigneeIds, after.assigneeIds),
    'Linked records': !sameMembers(before.linkedRecordIds, after.linkedRecordIds),
  }
  return taskFields.filter(field => changed[field])
}

/** Steps by event id, of the created and updated events of one task. */
export function taskHistory(events: readonly StoredEvent[]): Map<string, TaskStep> {
  const steps = new Map<string, TaskStep>()
  let known: TaskSnapshot | undefined
  let completed: boolean | undefined
  for (const event of [...events].sort(byTime)) {
    const { kind, snapshot } = event.facts as TaskFacts
    if (kind === 'task.created') {
      // A task that is created open and read when already done was not created done.
      completed ??= snapshot ? completedBy(snapshot, event.happenedAt) : false
      known ??= snapshot ?? undefined
      continue
    }
    const step: TaskStep = { fields: [] }
    if (snapshot) {
      const now = completedBy(snapshot, event.happenedAt)
      const completedJustNow = now && (snapshot.completedAt === null || Math.abs(event.happenedAt - snapshot.completedAt) <= firstSightMs)
      if (completed === undefined ? completedJustNow : completed !== now) step.completion = now ? 'completed' : 'reopened'
      completed = now
      if (known) step.fields = changedFields(known, snapshot)
      known = snapshot
    }
    steps.set(event.id, step)
  }
  return steps
}
