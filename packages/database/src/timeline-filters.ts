import type { Scope } from './tenant.ts'

/*
 * What the timeline can be narrowed by, as conditions of one query.
 */

/** An instant, or the start of a local day. */
export type TimeBound = { at: string } | { startOf: string; timeZone: string }

/** Each list means "any of these"; absent means no restriction. */
export type TimelineFilters = {
  category?: readonly string[] | undefined
  feature?: readonly string[] | undefined
  kind?: readonly string[] | undefined
  /** Users who acted or took part. */
  user?: readonly string[] | undefined
  /** Attio members who acted or took part. */
  member?: readonly string[] | undefined
  /** Records the line is about in any way, also before they were merged. */
  record?: readonly string[] | undefined
  /** What the line is about first: a record, note, task or meeting. */
  subject?: readonly string[] | undefined
  /** Attio objects, by id or slug, that the line's record is of. */
  object?: readonly string[] | undefined
  /** Attributes, by Attio's id, that changed. */
  attribute?: readonly string[] | undefined
  /** Lists the line is about. */
  list?: readonly string[] | undefined
  connection?: readonly string[] | undefined
  /** Inclusive. */
  from?: TimeBound | undefined
  /** Exclusive. */
  to?: TimeBound | undefined
  /** Words that must all occur in title, detail, summary or the actor's name. */
  words?: readonly string[] | undefined
}

/** Attributes with more lines than this are found soon enough by reading lines in their order. */
const rareLines = 2_000

/**
 * The filters as conditions on `a` (activity) and `who` (who acted), values bound by `bind`; `$1` is the organisation. `few lines` says that other
 * conditions leave so few that looking at each is best.
 */
export async function filterConditions(
  scope: Scope,
  filters: TimelineFilters,
  bind: (value: unknown) => string,
  among: 'few lines' | 'any lines',
): Promise<string[]> {
  const conditions: string[] = []
  const anyOf = (column: string, wanted: readonly string[] | undefined, type = 'text') => {
    if (wanted) conditions.push(`${column} = any(${bind(wanted)}::${type}[])`)
  }
  anyOf('a.category', filters.category)
  anyOf('a.feature', filters.feature)
  anyOf('a.kind', filters.kind)
  anyOf('a.connection_id', filters.connection, 'uuid')
  if (filters.user) {
    const users = `${bind(filters.user)}::uuid[]`
    conditions.push(`(who.user_id = any(${users}) or exists (
      select from member p where p.connection_id = a.connection_id and p.id = any(a.participant_ids) and p.mapping <> 'excluded'
        and p.user_id = any(${users})))`)
  }
  if (filters.member) {
    const members = `${bind(filters.member)}::text[]`
    conditions.push(`(a.member_id = any(${members}) or exists (
      select from member p where p.connection_id = a.connection_id and p.id = any(a.participant_ids) and p.mapping <> 'excluded'
        and p.id = any(${members})))`)
  }
  if (filters.record) conditions.push(`a.id in (select lines_of_records(${withMergedRecords(bind(filters.record))}))`)
  if (filters.subject) conditions.push(`a.subject_id = any(${withMergedRecords(bind(filters.subject))})`)
  if (filters.object) conditions.push(`a.object_id = any(${objectIds(bind(filters.object))})`)
  if (filters.attribute) {
    const rare = among === 'any lines' ? await linesOfRareAttributes(scope, filters.attribute) : null
    conditions.push(rare ? `a.id = any(${bind(rare)}::uuid[])` : `a.attribute_ids && ${bind(filters.attribute)}::text[]`)
  }
  anyOf('a.list_id', filters.list)
  if (filters.from) conditions.push(`a.occurred_at >= ${instant(filters.from, bind)}`)
  if (filters.to) conditions.push(`a.occurred_at < ${instant(filters.to, bind)}`)
  for (const word of filters.words ?? []) {
    // A backslash takes the special meaning from what LIKE would read as a wildcard.
    const pattern = bind(`%${word.replace(/[\\%_]/g, '\\$&')}%`)
    conditions.push(`concat_ws(' ', a.title, a.detail, a.summary, a.actor_name) ilike ${pattern}`)
  }
  return conditions
}

export function instant(bound: TimeBound, bind: (value: unknown) => string): string {
  if ('at' in bound) return `${bind(bound.at)}::timestamptz`
  return `(${bind(bound.startOf)}::date::timestamp at time zone ${bind(bound.timeZone)}::text)`
}

/** The given ids with the records they were merged into and every record merged into those: one thing, whatever id it is asked by. */
function withMergedRecords(ids: string): string {
  const merged = `select l.id, l.alias_of from label l join connection k on k.id = l.connection_id
    where k.organization_id = $1 and l.type = 'record' and l.alias_of is not null`
  return `array(
    with recursive merged as (${merged}),
      results(id) as (select unnest(${ids}::text[]) union select merged.alias_of from merged join results on merged.id = results.id),
      family(id) as (select id from results union select merged.id from merged join family on merged.alias_of = family.id)
    select id from family)`
}

/** The given objects as ids: what is given by slug is looked up, the rest is taken as it is. */
function objectIds(given: string): string {
  return `array(
    select unnest(${given}::text[]) union select l.id from label l join connection k on k.id = l.connection_id
    where k.organization_id = $1 and l.type = 'object' and l.details->>'slug' = any(${given}::text[]))`
}

/**
 * The lines of attributes that change seldom, by an index; null where they are many. A page of a seldom attribute would otherwise read through all lines,
 * and a page of a common one would collect all of its lines to sort them.
 */
async function linesOfRareAttributes(scope: Scope, attributes: readonly string[]): Promise<string[] | null> {
  const { rows } = await scope.query<{ ids: string[] | null }>('select lines_of_rare_attributes($1, $2) as ids', [attributes, rareLines])
  return rows[0]?.ids ?? null
}
