/*
 * The reasons of the log as people say them. The API's own words are short and stay as they are; those it is known to give have a sentence here, and what
 * is not known is shown as it came.
 */

const known = {
  automation: 'automation',
  'unknown member': 'unknownMember',
  'private list': 'privateList',
  'refreshes names, makes no line': 'namesOnly',
  'unsupported event': 'unsupported',
  'no events in the delivery': 'empty',
  'not JSON': 'notJson',
  'the connection has ended': 'ended',
  'the same event through another webhook': 'otherWebhook',
  'already told: this can happen only once': 'once',
  'part of a merge': 'merge',
  'could not be made into a line: what is stored of it cannot be read by this release': 'unreadableHere',
  'could not be made into a line: the line is refused by the database': 'refusedByDatabase',
  'the member is not known yet': 'memberUnknownYet',
  'the object is not known yet, so its feature area is not': 'objectUnknownYet',
  'who made the recording is not known yet': 'recorderUnknownYet',
} as const

const families = [
  ['unreadable event', 'unreadable'],
  ['unknown shape', 'unknownShape'],
  ['could not be made into events', 'noEvents'],
  ['could not be made into a line', 'noLine'],
] as const

const neverFinished = /^begun \d+ times and never finished$/

type ReasonKey = (typeof known)[keyof typeof known] | (typeof families)[number][1] | 'neverFinished'

/** A reason by its sentence, with the API's words where they say more; or those words alone. */
type Reason = { key: ReasonKey; words: string | null } | { key: null; words: string }

/** The reasons that a delivery or an event was given; several are joined by `; `. */
export function readReasons(given: string | null): Reason[] {
  if (given === null || given === '') return []
  if (neverFinished.test(given)) return [{ key: 'neverFinished', words: null }]
  const family = families.find(([start]) => given.startsWith(start))
  if (family && !isKnown(given)) return [{ key: family[1], words: given }]
  const parts = given.split('; ')
  const keys = parts.map(part => (isKnown(part) ? known[part] : null))
  return parts.map((words, place) => {
    const key = keys[place] ?? null
    return key === null ? { key, words } : { key, words: null }
  })
}

const isKnown = (part: string): part is keyof typeof known => Object.hasOwn(known, part)
