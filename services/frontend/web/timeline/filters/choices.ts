import type { TimelineChoices } from '@worksights/api-client'
import type { ListFilter } from '../query.ts'

/*
 * What can be chosen in each filter, and how what was chosen is called.
 */

export type Option = {
  value: string
  name: string
  /** What tells it from others of its name, or what is to be known of it. */
  note?: string | undefined
}

/** Texts that the API does not give. */
export type Words = { hidden: string; disconnected: string }

/** Filters whose values are listed; records are found by typing. */
export type ChoiceFilter = Exclude<ListFilter, 'record'>

/** All there is to choose from, in the order in which it is shown. */
export function optionsOf(filter: ChoiceFilter, choices: TimelineChoices, words: Words): Option[] {
  switch (filter) {
    case 'category':
      return choices.categories.map(({ value, name }) => ({ value, name }))
    case 'kind':
      return choices.kinds.map(({ value, name }) => ({ value, name }))
    case 'feature':
      return choices.features.map(({ value, name, hidden }) => ({ value, name, note: hidden ? words.hidden : undefined }))
    case 'user':
      return sorted(
        choices.people.map(person => ({ value: person.user_id, name: person.name ?? person.email, note: emailOf(person, choices) })),
      )
    case 'connection':
      return sorted(
        choices.workspaces.map(({ connection_id: value, name, state }) => ({
          ...{ value, name, note: state === 'disconnected' ? words.disconnected : undefined },
        })),
      )
    case 'object':
      return sorted(
        distinct(choices.objects.map(object => ({ ...named(object), note: object.slug ? undefined : workspaceOf(object, choices) }))),
      )
    case 'list':
      return sorted(choices.lists.map(list => ({ value: list.id, name: list.name, note: workspaceOf(list, choices) })))
    case 'attribute':
      return sorted(
        choices.attributes.map(attribute => ({ value: attribute.id, name: attribute.name, note: holderOf(attribute, choices) })),
      )
  }
}

/** How a value of an address is called; a part of its id where it is not among the choices any more. */
export function nameOf(filter: ChoiceFilter, value: string, choices: TimelineChoices, words: Words): string {
  const chosen = filter === 'object' ? (objectOf(value, choices)?.slug ?? value) : value
  return optionsOf(filter, choices, words).find(option => option.value === chosen)?.name ?? shortId(value)
}

/** An id short enough to read out; what is no id stays as it is. */
export function shortId(value: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value) ? value.slice(0, 8) : value
}

/** A standard object has one slug in all workspaces and an id in each: it is chosen once, by its slug. */
function named(object: TimelineChoices['objects'][number]): Option {
  return { value: object.slug ?? object.id, name: object.plural ?? object.singular ?? object.slug ?? shortId(object.id) }
}

function objectOf(value: string, choices: TimelineChoices) {
  return choices.objects.find(({ id, slug }) => id === value || slug === value)
}

/** Tells people of one name apart. */
function emailOf({ name, email }: { name: string | null; email: string }, { people }: TimelineChoices): string | undefined {
  return name !== null && people.filter(other => other.name === name).length > 1 ? email : undefined
}

/** Where something is from, once there are several workspaces. */
function workspaceOf({ connection_id: id }: { connection_id: string }, { workspaces }: TimelineChoices): string | undefined {
  return workspaces.length > 1 ? workspaces.find(workspace => workspace.connection_id === id)?.name : undefined
}

function holderOf(attribute: TimelineChoices['attributes'][number], choices: TimelineChoices): string | undefined {
  const object = choices.objects.find(({ id }) => id === attribute.object_id)
  const holder = object ? named(object).name : choices.lists.find(({ id }) => id === attribute.list_id)?.name
  return [holder, workspaceOf(attribute, choices)].filter(part => part !== undefined).join(' · ') || undefined
}

function distinct(options: Option[]): Option[] {
  return [...new Map(options.map(option => [option.value, option])).values()]
}

function sorted(options: Option[]): Option[] {
  const compare = new Intl.Collator(undefined, { numeric: true }).compare
  return options.sort((a, b) => compare(a.name, b.name) || compare(a.note ?? '', b.note ?? ''))
}

/** Those in whose name, or note, each typed word begins a word. */
export function matching(options: Option[], typed: string): Option[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return options.filter(({ name, note = '' }) => {
    const parts = `${name} ${note}`.toLocaleLowerCase().split(/[\s@.·]+/)
    return words.every(word => parts.some(part => part.startsWith(word)))
  })
}
