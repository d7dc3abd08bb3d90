import { type ChangedAttribute, changedAttributes } from './changes.ts'
import { type Described, endingOf, factsOf, newest, nothing, recordSubject, states } from './described.ts'
import type { Group } from './groups.ts'
import { everyName, listing, nameOf, related } from './names.ts'

const titles = (changed: readonly ChangedAttribute[]) => listing(changed.map(({ change }) => change.title))
const changesOf = (changed: readonly ChangedAttribute[]) => ({
  changes: changed.map(({ change }) => change),
  attributeIds: changed.map(({ ref }) => ref.id),
})

export function describeRecord(group: Group, who: string): Described {
  const facts = factsOf(group, 'record')
  const record = newest(facts.map(item => item.record))
  const object = facts.findLast(item => item.object.singular !== null)?.object ?? facts[0]?.object
  const noun = object?.singular ?? 'record'
  const name = nameOf(record)
  const base = { ...nothing, subject: recordSubject(record), objectId: object?.id ?? null, breadcrumb: [name, endingOf(group.kind)] }
  if (group.kind === 'record.updated') {
    const changed = changedAttributes(group.events)
    const what = titles(changed)
    const nameState = states(record, ...changed.map(({ ref }) => ref))
    const summary = what ? `${who} updated ${what} on ${name}` : `${who} updated ${noun} ${name}`
    return { ...base, ...changesOf(changed), detail: `Updated ${what || noun}`, summary, nameState }
  }
  if (group.kind === 'record.merged') {
    const originals = facts.flatMap(item => item.duplicate ?? [])
    const known = originals.filter(original => original.name !== null)
    const names = everyName(known.map(nameOf))
    const plural = object?.plural ?? 'records'
    const detail = known.length === 0 ? `Merged two ${plural}` : known.length === 1 ? `Merged ${names} into ${name}` : `Merged ${names}`
    const summary = known.length === 0 ? `${who} merged two ${plural} into ${name}` : `${who} merged ${names} into ${name}`
    return { ...base, detail, summary, related: originals.map(related), nameState: states(record, ...originals) }
  }
  const verb = group.kind === 'record.created' ? 'created' : 'deleted'
  const detail = `${verb === 'created' ? 'Created' : 'Deleted'} ${noun}`
  return { ...base, detail, summary: `${who} ${verb} ${noun} ${name}`, nameState: states(record) }
}

export function describeEntry(group: Group, who: string): Described {
  const facts = factsOf(group, 'entry')
  const record = newest(facts.map(item => item.record))
  const list = newest(facts.map(item => item.list))
  // A list that Attio does not name counts as private: no id of it is shown.
  const listName = list.name ?? 'a list'
  const name = nameOf(record)
  const base = {
    ...nothing,
    subject: recordSubject(record),
    objectId: record.objectId,
    listId: list.id,
    breadcrumb: [name, endingOf(group.kind)],
  }
  if (group.kind === 'list-entry.updated') {
    const changed = changedAttributes(group.events)
    const what = titles(changed)
    const nameState = states(record, list, ...changed.map(({ ref }) => ref))
    const summary = `${who} updated ${what || 'the entry'} of ${name} in ${listName}`
    return { ...base, ...changesOf(changed), detail: `Updated ${what || 'entry'} in ${listName}`, summary, nameState }
  }
  const added = group.kind === 'list-entry.created'
  const detail = added ? `Added to ${listName}` : `Removed from ${listName}`
  const summary = added ? `${who} added ${name} to ${listName}` : `${who} removed ${name} from ${listName}`
  return { ...base, detail, summary, nameState: states(record, list) }
}
