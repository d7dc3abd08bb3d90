import { describeCall, describeComment, describeNote, describeTask } from './describe-content.ts'
import { describeEntry, describeRecord } from './describe-record.ts'
import type { Described } from './described.ts'
import type { Group } from './groups.ts'
import type { TaskStep } from './task-history.ts'

/** What the line of a group says; `who` did it; `history` is the task's, empty for other families. */
export function describe(group: Group, who: string, history: ReadonlyMap<string, TaskStep>): Described {
  switch (group.head.facts.family) {
    case 'record':
      return describeRecord(group, who)
    case 'entry':
      return describeEntry(group, who)
    case 'note':
      return describeNote(group, who)
    case 'comment':
      return describeComment(group, who)
    case 'task':
      return describeTask(group, who, history)
    case 'call':
      return describeCall(group, who)
  }
}
