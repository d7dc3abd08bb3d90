import { step } from './changes.ts'
import { type Described, endingOf, type Family, factsOf, newest, nothing, recordSubject, states } from './described.ts'
import type { Named } from './facts.ts'
import type { Group } from './groups.ts'
import type { ActivityKind, Change } from './line.ts'
import { isBlank, latest, listing, nameOf, related, stateOf, taskHeader } from './names.ts'
import { type TaskStep, taskFields } from './task-history.ts'

export function describeNote(group: Group, who: string): Described {
  const facts = factsOf(group, 'note')
  const note = newest(facts.map(item => item.note))
  const record = newest(facts.map(item => item.record))
  const title = note.name !== null && isBlank(note.name) ? 'Untitled note' : nameOf(note)
  const kinds = new Set(facts.map(item => item.kind))
  const base = {
    ...nothing,
    subject: { type: 'note' as const, id: note.id, object_id: null, name: title, name_state: stateOf(note) },
    objectId: record.objectId,
    breadcrumb: [nameOf(record), title, endingOf(group.kind)],
    related: [related(record)],
    nameState: states(note, record),
  }
  const on = `note ${title} on ${nameOf(record)}`
  if (group.kind !== 'note.updated') return { ...base, summary: `${who} ${group.kind === 'note.created' ? 'created' : 'deleted'} ${on}` }
  const renamed = kinds.has('note.updated')
  const edited = kinds.has('note-content.updated')
  const detail = renamed && edited ? 'Renamed note and edited its text' : renamed ? 'Renamed note' : 'Edited note text'
  const changes = [
    { kind: 'note.updated', title: 'Title' },
    { kind: 'note-content.updated', title: 'Text' },
  ].flatMap(({ kind, title: field }): Change[] => {
    const steps = group.events.filter(event => event.facts.kind === kind).map(step)
    return steps.length > 0 ? [{ attribute_id: null, title: field, steps }] : []
  })
  const summary = renamed && edited ? `${who} renamed ${on} and edited its text` : renamed ? `${who} renamed ${on}` : `${who} edited ${on}`
  return { ...base, detail, changes, summary }
}

export function describeComment(group: Group, who: string): Described {
  const facts = factsOf(group, 'comment')
  const record = newest(facts.map(item => item.record))
  const list = latest(group.events, event => (event.facts.family === 'comment' ? event.facts.list : null))
  const name = nameOf(record)
  const detail = list ? (list.name === null ? 'On a list entry' : `On the ${list.name} entry`) : null
  const verbs: Partial<Record<ActivityKind, string>> = {
    'comment.created': 'commented',
    'comment.resolved': 'resolved a comment',
    'comment.unresolved': 'reopened a comment',
    'comment.deleted': 'deleted a comment',
  }
  return {
    ...nothing,
    subject: recordSubject(record),
    objectId: record.objectId,
    listId: list?.id ?? null,
    breadcrumb: [name, endingOf(group.kind)],
    detail,
    summary: `${who} ${verbs[group.kind] ?? 'commented'} on ${name}`,
    related: [related(record)],
    nameState: states(record, list),
  }
}

/** What the readings tell of each event, completion first. */
function taskChanges(group: Group, history: ReadonlyMap<string, TaskStep>): Change[] {
  const completion = group.events.flatMap(event => {
    const turn = history.get(event.id)?.completion
    if (turn === undefined) return []
    return { ...step(event), from: turn === 'completed' ? 'Open' : 'Completed', to: turn === 'completed' ? 'Completed' : 'Open' }
  })
  const fields = taskFields.map(title => ({
    title,
    steps: group.events.filter(event => history.get(event.id)?.fields.includes(title)).map(step),
  }))
  return [{ title: 'Completion', steps: completion }, ...fields]
    .filter(({ steps }) => steps.length > 0)
    .map(changed => ({ attribute_id: null, ...changed }))
}

export function describeTask(group: Group, who: string, history: ReadonlyMap<string, TaskStep>): Described {
  const facts = factsOf(group, 'task')
  // A reading made for the event outweighs what was known before it.
  const textOf = (item: Family<'task'>) => item.snapshot?.text ?? item.text
  const withText = facts.findLast(item => textOf(item) !== null) ?? facts.at(-1)
  const text = withText ? textOf(withText) : null
  const task: Named = { id: facts[0]?.taskId ?? '', name: text === null ? null : taskHeader(text), state: withText?.taskState ?? 'pending' }
  // Without records it tells that there are none only if the task was read and has none.
  const linked = facts.findLast(item => item.linked.length > 0 || item.snapshot?.linkedRecordIds.length === 0)?.linked ?? []
  const verb = group.kind.slice('task.'.length)
  const about = linked.length > 0 ? ` for ${listing(linked.map(nameOf))}` : ''
  return {
    ...nothing,
    subject: { type: 'task', id: task.id, object_id: null, name: nameOf(task), name_state: stateOf(task) },
    objectId: linked[0]?.objectId ?? null,
    breadcrumb: [nameOf(task), endingOf(group.kind)],
    detail: text?.trim() ? text : null,
    summary: `${who} ${verb} task ${nameOf(task)}${about}`,
    // What fills a new task in is no change of it.
    changes: group.kind === 'task.created' ? [] : taskChanges(group, history),
    related: linked.map(related),
    nameState: states(task, ...linked),
  }
}

export function describeCall(group: Group, who: string): Described {
  const [facts] = factsOf(group, 'call')
  if (!facts) throw new Error('a call line without its recording')
  const [main] = facts.linked
  const meeting = facts.meeting.name !== null && isBlank(facts.meeting.name) ? 'Untitled meeting' : nameOf(facts.meeting)
  return {
    ...nothing,
    subject: { type: 'meeting', id: facts.meeting.id, object_id: null, name: meeting, name_state: stateOf(facts.meeting) },
    objectId: main?.objectId ?? null,
    breadcrumb: [...(main ? [nameOf(main)] : []), meeting, endingOf(group.kind)],
    summary: `${who} recorded ${meeting}${main ? ` with ${nameOf(main)}` : ''}`,
    related: facts.linked.map(related),
    participants: facts.participants.map(({ memberId, name }) => ({ member_id: memberId, name })),
    nameState: states(facts.meeting, ...facts.linked),
  }
}
