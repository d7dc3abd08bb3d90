import type { Activity } from '@worksights/api-client'

/*
 * What a line says, taken apart for the eye.
 */

export type NameState = Activity['name_state']
export type Change = Activity['changes'][number]
export type Crumb = { text: string; state: NameState; isSubject: boolean }

/** The breadcrumb as what it was done to, from the outside in, and what was done. */
export function crumbsOf({ breadcrumb, subject, related }: Pick<Activity, 'breadcrumb' | 'subject' | 'related'>): {
  things: Crumb[]
  done: string
} {
  const names = breadcrumb.slice(0, -1)
  const named = names.lastIndexOf(subject.name)
  const at = named === -1 ? names.length - 1 : named
  const things = names.map((text, index) => {
    const isSubject = index === at
    const thing = isSubject && text === subject.name ? subject : related.find(record => record.name === text)
    return { text, state: thing?.name_state ?? 'known', isSubject }
  })
  return { things, done: breadcrumb.at(-1) ?? '' }
}

/** The second line, where it says more than the first: a task's text begins with what its title says. */
export function detailOf({ category, breadcrumb, detail }: Pick<Activity, 'category' | 'breadcrumb' | 'detail'>): string | null {
  if (category !== 'task' || detail === null) return detail
  const [first = '', ...rest] = detail.trim().split(/\r?\n/)
  const text = first.trim() === breadcrumb[0] ? rest.join('\n') : detail
  return text.trim() || null
}

/** The values an attribute went through, `null` for an empty one; null where they are not known, or somebody else changed it in between. */
export function valuesOf({ steps }: Change): (string | null)[] | null {
  const values: (string | null)[] = []
  for (const { from, to } of steps) {
    if (from === undefined || to === undefined) return null
    if (values.length === 0) values.push(from)
    else if (values.at(-1) !== from) return null
    values.push(to)
  }
  return values.length > 1 ? values : null
}

/** At most `most` of a line's values, the first and the last among them; `undefined` for those left out. */
export function shortened<T>(values: readonly T[], most: number): (T | undefined)[] {
  if (values.length <= most) return [...values]
  return [...values.slice(0, most - 2), undefined, ...values.slice(-1)]
}

/** The name that the subject bears today, where it is another one. Of a task, whose name is its text, the beginning. */
export function renamedTo({ subject }: Pick<Activity, 'subject'>): string | null {
  const now = subject.name_now?.trim().split(/\r?\n/)[0]?.trim()
  if (!now || subject.name_state !== 'known') return null
  return subject.type === 'task' && now.startsWith(subject.name.replace(/…$/, '')) ? null : now === subject.name ? null : now
}

/** Records that the line does not name yet: the detail of a merge names what was merged. */
export function othersOf({ kind, breadcrumb, related }: Pick<Activity, 'kind' | 'breadcrumb' | 'related'>): Activity['related'] {
  if (kind === 'record.merged') return []
  return related.filter(
    (record, index) => !breadcrumb.includes(record.name) && related.findIndex(other => other.id === record.id) === index,
  )
}

/** Who acted: the name they have here, else the one they have there. Null where neither is known. */
export function actorOf({ actor }: Pick<Activity, 'actor'>): string | null {
  return actor.user?.name ?? actor.name ?? actor.user?.email ?? null
}

/** Marks that keep words apart from those around, and one that ends it: not only within their own element. */
const isolates = /[\u2066-\u2069]/g

/** As much of a name as a line has room for. */
const longestName = 160

/** A name as a line shows it: without marks that close what it stands in, and cut where it is endless, between characters as people see them. */
export function shownName(whole: string): string {
  const name = whole.replace(isolates, '')
  if (name.length <= longestName) return name
  const characters = Array.from(new Intl.Segmenter().segment(name.slice(0, 8 * longestName)), ({ segment }) => segment)
  const head = characters.slice(0, longestName).join('')
  return head === name ? name : `${head}…`
}

/** A name in a sentence, where no element can keep it to itself: nothing in it turns around the words that follow (Unicode UAX #9, 2.4). */
export function apart(name: string): string {
  return plain.test(name) ? name : `\u2068${name.replace(isolates, '')}\u2069`
}

/** Without what is written from the right, and without marks of direction. */
const plain = /^[^\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]*$/u
