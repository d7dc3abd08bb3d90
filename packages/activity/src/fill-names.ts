import type { EventFacts, Named, TaskSnapshot } from './facts.ts'

/** What has become known: names by `type/id`, and tasks, whose text and state are their name. */
export type KnownNames = {
  name(key: string): { name: string | null; state: Named['state'] } | undefined
  task(taskId: string): { text: string; snapshot: TaskSnapshot } | undefined
}

type NamedPart = { key: string; part: Named }

/** The parts of facts that carry a name, with the key it is found by. */
function namedParts(facts: EventFacts): NamedPart[] {
  const record = (part: Named | null): NamedPart[] => (part ? [{ key: `record/${part.id}`, part }] : [])
  const of = (type: string, part: Named | null): NamedPart[] => (part ? [{ key: `${type}/${part.id}`, part }] : [])
  switch (facts.family) {
    case 'record':
      return [...record(facts.record), ...record(facts.duplicate), ...of('attribute', facts.attribute)]
    case 'entry':
      return [...record(facts.record), ...of('list', facts.list), ...of('attribute', facts.attribute)]
    case 'note':
      return [...record(facts.record), ...of('note', facts.note)]
    case 'comment':
      return [...record(facts.record), ...of('list', facts.list)]
    case 'task':
      return facts.linked.flatMap(record)
    case 'call':
      return [...facts.linked.flatMap(record), ...of('meeting', facts.meeting)]
  }
}

/** Keys of the names that facts lack and that may still arrive. */
export function pendingNames(facts: EventFacts): string[] {
  const keys = namedParts(facts)
    .filter(({ part }) => part.name === null && part.state === 'pending')
    .map(({ key }) => key)
  if (facts.family === 'task' && facts.taskState === 'pending') keys.push(`task/${facts.taskId}`)
  return [...new Set(keys)]
}

/** The same facts with the names that have become known; nothing that was known is changed. */
export function fillNames(facts: EventFacts, known: KnownNames): EventFacts {
  const filled = structuredClone(facts)
  for (const { key, part } of namedParts(filled)) {
    const found = known.name(key)
    if (!found || part.name !== null || part.state !== 'pending') continue
    part.name = found.name
    part.state = found.state
  }
  if (filled.family === 'task' && filled.taskState === 'pending') {
    const task = known.task(filled.taskId)
    if (task) {
      filled.text ??= task.text
      filled.snapshot ??= task.snapshot
      filled.taskState = 'known'
    }
  }
  return filled
}

/** The same facts with names that were refused for lack of a permission as names that may still arrive; null where there are none. */
export function reopenForbidden(facts: EventFacts): EventFacts | null {
  const reopened = structuredClone(facts)
  const refused = namedParts(reopened).filter(({ part }) => part.name === null && part.state === 'forbidden')
  for (const { part } of refused) part.state = 'pending'
  const isTask = reopened.family === 'task' && reopened.taskState === 'forbidden'
  if (isTask) reopened.taskState = 'pending'
  return refused.length > 0 || isTask ? reopened : null
}
