import { activityKinds, categories, featureAreas } from '@worksights/activity'
import type { TimeBound, TimelineFilters } from '@worksights/database'
import { z } from 'zod'
import { invalidFields } from '../http/problems.ts'
import { enumList, idList, plainText, replaceSchema, uuidList } from '../http/query-fields.ts'

const dateTime = z.iso.datetime({ offset: true })
const date = z.iso.date()
/** Years Postgres and every calendar agree on. */
const sensible = (text: string) => /^(19|2\d)\d\d-/.test(text)
/** Postgres takes offsets of less than 16 hours; none on earth is beyond 14. */
const earthly = (text: string) => !/[+-](1[6-9]|2\d):\d\d$/.test(text)

const timeBound = (description: string) =>
  z
    .union([dateTime, date], 'must be an RFC 3339 date-time with an offset, or a date')
    .refine(sensible, 'must lie between 1900 and 2999')
    .refine(earthly, 'has an offset that is used nowhere')
    .optional()
    .meta({ description, examples: ['2026-11-24T09:00:00+01:00', '2026-11-24'], override: replaceSchema({ type: 'string' }) })

const timeZone = plainText(64)
  .refine(isTimeZone, 'is not an IANA time zone such as Europe/Berlin')
  .optional()
  .meta({ description: 'IANA time zone in which dates of `from` and `to` are days; needed with a date.', examples: ['Europe/Berlin'] })

const mostWords = 20
const wordsOf = (text: string) => [...new Set(text.split(/\s+/).filter(word => word !== ''))]

/** The query parameters by which list and stream are narrowed; all may be combined. */
export const filterParameters = {
  category: enumList(categories, 'Only lines of these categories.'),
  feature: enumList(featureAreas, 'Only lines of these feature areas.'),
  kind: enumList(activityKinds, 'Only lines of these kinds.'),
  user: uuidList('Only lines in which one of these users acted or took part.'),
  member: idList('Only lines in which one of these Attio members acted or took part.'),
  record: idList('Only lines about one of these Attio records in any way, also from before it was merged.'),
  subject: idList('Only lines whose first subject (record, note, task or meeting) is one of these, also from before a merge.'),
  object: idList(
    'Only lines about a record of one of these Attio objects, by id or by slug (`deals`); notes, comments, tasks and calls by the record they hang on.',
  ),
  attribute: idList('Only lines in which one of these attributes changed, by Attio’s id.'),
  list: idList('Only lines about entries of one of these Attio lists, and comments on them.'),
  connection: uuidList('Only lines of these connections (workspaces).'),
  from: timeBound('Only lines at or after this time; a date means the start of that day in `time_zone`.'),
  to: timeBound('Only lines before this time; a date means up to the end of that day in `time_zone`.'),
  time_zone: timeZone,
  q: plainText(200)
    // Each word is looked for in each line.
    .refine(text => wordsOf(text).length <= mostWords, `holds more than ${mostWords} different words`)
    .optional()
    .meta({ description: 'Only lines in which all these words occur, ignoring case.', examples: ['acme renewal'] }),
  source: enumList(['attio'], 'Only lines from these tools. Attio is the only one so far.'),
}

const filterQuery = z.object(filterParameters)

/** The filters of a query (or of a body of the same shape) that was parsed; throws a 400 where a date comes without its time zone. */
export function toFilters(query: z.output<typeof filterQuery>, part: 'query' | 'body' = 'query'): TimelineFilters {
  const missingZone = (['from', 'to'] as const).filter(name => query[name] && isDate(query[name]) && !query.time_zone)
  if (missingZone.length) {
    throw invalidFields(missingZone.map(name => ({ path: `${part}.${name}`, message: 'a date needs time_zone to say which day it is' })))
  }
  const { category, feature, kind, user, member, record, subject, object, attribute, list, connection } = query
  return {
    ...{ category, feature, kind, user, member, record, subject, object, attribute, list, connection },
    from: query.from === undefined ? undefined : toBound(query.from, query.time_zone, 0),
    to: query.to === undefined ? undefined : toBound(query.to, query.time_zone, 1),
    words: query.q === undefined ? undefined : wordsOf(query.q),
  }
}

function toBound(text: string, zone: string | undefined, daysLater: number): TimeBound {
  if (!isDate(text) || !zone) return { at: text }
  const day = new Date(`${text}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + daysLater)
  return { startOf: day.toISOString().slice(0, 10), timeZone: zone }
}

function isDate(text: string): boolean {
  return text.length === 10
}

/** IANA's names of three letters. */
const shortNames = ['CET', 'EET', 'EST', 'GMT', 'HST', 'MET', 'MST', 'PRC', 'ROC', 'ROK', 'UCT', 'UTC', 'WET']

function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 are left out: Postgres reads their sign the other way round.
  if (!/^[A-Za-z]/.test(name)) return false
  // So are abbreviations that JavaScript knows beside IANA's names (PNT, IST): Postgres knows other ones, or means another zone by them.
  if (/^[a-z]{3}$/i.test(name) && !shortNames.includes(name.toUpperCase())) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
