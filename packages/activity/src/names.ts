import type { Named, NameState, RecordRef, StoredEvent } from './facts.ts'
import type { RelatedRecord } from './line.ts'

/** What stands where a name is not known: enough of the id to find it. */
export function shortId(id: string): string {
  return id.slice(0, 8)
}

/** Whether a text shows nothing: spaces, and characters that are drawn as nothing. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(text)
}

/** A blank name says no more than a missing one. */
export function nameOf(thing: Named): string {
  return thing.name !== null && !isBlank(thing.name) ? thing.name : shortId(thing.id)
}

/** A name that is there counts as known, also of a thing that is gone by now. */
export function stateOf(thing: Named): NameState {
  return thing.name === null ? thing.state : 'known'
}

const severity: Record<NameState, number> = { known: 0, gone: 1, forbidden: 2, pending: 3 }

/** The state of a line's names together: pending as long as one may still arrive. */
export function worstState(states: readonly NameState[]): NameState {
  return states.reduce<NameState>((worst, state) => (severity[state] > severity[worst] ? state : worst), 'known')
}

/** The newest known name among a line's events, so that a rename within the line shows. */
export function latest<T extends Named>(events: readonly StoredEvent[], pick: (event: StoredEvent) => T | null): T | null {
  const all = events.flatMap(event => pick(event) ?? [])
  return all.findLast(thing => thing.name !== null) ?? all.at(-1) ?? null
}

/** `A`, `A and B`, `A, B and 3 more`. */
export function listing(names: readonly string[]): string {
  const [first = '', second, ...rest] = names
  if (second === undefined) return first
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${rest.length} more`
}

/** `A`, `A and B`, `A, B and C`: where every name matters. */
export function everyName(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

export function related(record: RecordRef): RelatedRecord {
  return { type: 'record', id: record.id, object_id: record.objectId, name: nameOf(record), name_state: stateOf(record) }
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The first non-empty line of a task's text, cut at a word after 80 characters (as people count them: an emoji is one). */
export function taskHeader(text: string): string {
  const line = text
    .split(/\r?\n/)
    .map(part => part.trim())
    .find(part => !isBlank(part))
  if (line === undefined) return 'Untitled task'
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment)
  if (characters.length <= 80) return line
  const head = characters.slice(0, 80).join('')
  // A word that ends exactly at the cut stays whole; a single endless word is cut where it is.
  const cut = /\s/.test(characters[80] ?? '') ? head : head.replace(/\s+\S*$/, '')
  return `${cut.trimEnd()}…`
}
