import type { Executor } from './connect.ts'

export type LabelType = 'object' | 'attribute' | 'list' | 'record' | 'note' | 'task' | 'meeting' | 'call-recording'
export type LabelState = 'known' | 'pending' | 'forbidden' | 'gone'

export type LabelRow = {
  type: LabelType
  id: string
  parentId: string
  state: LabelState
  name: string | null
  details: unknown
  /** Since it was last read from Attio, in ms by the database's clock. */
  ageMs: number
  /** Since Attio first answered 404, in ms; null while it does not. */
  missingForMs: number | null
  aliasOf: string | null
}

const columns = `type, id, parent_id as "parentId", state, name, details, alias_of as "aliasOf",
  (extract(epoch from now() - fetched_at) * 1000)::float8 as "ageMs", (extract(epoch from now() - missing_since) * 1000)::float8 as "missingForMs"`

/** The labels of a connection that are stored, of those asked for. */
export async function readLabels(
  executor: Executor,
  connectionId: string,
  refs: readonly { type: LabelType; id: string }[],
): Promise<LabelRow[]> {
  if (refs.length === 0) return []
  const { rows } = await executor.query<LabelRow>({
    name: 'read-labels',
    text: `select ${columns} from label where connection_id = $1 and (type, id) in (select * from unnest($2::text[], $3::text[]))`,
    values: [connectionId, refs.map(ref => ref.type), refs.map(ref => ref.id)],
  })
  return rows
}

/** Every label of one type that a connection has; meant for the few types there are few of. */
export async function readLabelsOfType(executor: Executor, connectionId: string, type: LabelType): Promise<LabelRow[]> {
  const { rows } = await executor.query<LabelRow>({
    name: 'read-labels-of-type',
    text: `select ${columns} from label where connection_id = $1 and type = $2`,
    values: [connectionId, type],
  })
  return rows
}

export type LabelWrite = {
  type: LabelType
  id: string
  parentId: string
  state: LabelState
  name: string | null
  details: object
  /** Attio answered 404. */
  missing: boolean
}

/**
 * Stores what Attio said. What is not known any more keeps its last name and details; the time of the first 404 stays until the thing is found, and what
 * an event said is gone is not made doubtful by another 404, and keeps no time of one.
 */
export async function writeLabels(executor: Executor, connectionId: string, labels: readonly LabelWrite[]): Promise<void> {
  if (labels.length === 0) return
  // One statement may touch a row once, and always in one order, so that two writers cannot block each other.
  const unique = [...new Map(labels.map(label => [`${label.type}/${label.id}`, label])).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const rows = unique.map(([, label]) => label)
  await executor.query({
    name: 'write-labels',
    text: `insert into label (connection_id, type, id, parent_id, state, name, details, missing_since)
      select $1, l.type, l.id, l.parent_id, l.state, l.name, l.details::jsonb, case when l.missing then now() end
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bool[])
        as l(type, id, parent_id, state, name, details, missing)
      on conflict (connection_id, type, id) do update set parent_id = excluded.parent_id,
        state = case when excluded.state = 'pending' and label.state = 'gone' then 'gone' else excluded.state end,
        name = case when excluded.state = 'known' then excluded.name else label.name end,
        details = case when excluded.state = 'known' then excluded.details else label.details end,
        missing_since = case when excluded.missing_since is not null and (label.state <> 'gone' or label.missing_since is not null)
          then coalesce(label.missing_since, excluded.missing_since) end,
        fetched_at = now()`,
    values: [
      connectionId,
      rows.map(row => row.type),
      rows.map(row => row.id),
      rows.map(row => row.parentId),
      rows.map(row => row.state),
      rows.map(row => row.name),
      rows.map(row => JSON.stringify(row.details)),
      rows.map(row => row.missing),
    ],
  })
}

/** Which labels an event of Attio's made doubtful: one thing, or every attribute of an object or a list. */
export type LabelScope = { type: LabelType; id: string } | { type: 'attribute'; parentId: string }

/** Makes labels be read again when they are next needed; until then their old name stands in. */
export async function expireLabels(executor: Executor, connectionId: string, scopes: readonly LabelScope[]): Promise<void> {
  if (scopes.length === 0) return
  const things = scopes.flatMap(scope => ('id' in scope ? scope : []))
  // Locked in one order for everybody, as in writeLabels, so that two writers cannot block each other.
  await executor.query({
    name: 'expire-labels',
    text: `with doubtful as (
        select type, id from label where connection_id = $1 and ((type, id) in (select * from unnest($2::text[], $3::text[]))
          or (type = 'attribute' and parent_id = any($4::text[]))) order by type, id for update
      )
      update label l set fetched_at = 'epoch' from doubtful d where l.connection_id = $1 and l.type = d.type and l.id = d.id`,
    values: [
      connectionId,
      things.map(thing => thing.type),
      things.map(thing => thing.id),
      scopes.flatMap(scope => ('id' in scope ? [] : scope.parentId)),
    ],
  })
}

/** Makes the labels of records be read again where the attribute that changed is known as one of the naming `slugs`. */
export async function expireRenamed(
  executor: Executor,
  connectionId: string,
  changes: readonly { recordId: string; attributeId: string }[],
  slugs: readonly string[],
): Promise<void> {
  if (changes.length === 0) return
  await executor.query({
    name: 'expire-renamed',
    text: `with renamed as (
        select r.id from label r where r.connection_id = $1 and r.type = 'record' and r.id in (
          select c.record_id from unnest($2::text[], $3::text[]) as c(record_id, attribute_id)
          join label a on a.connection_id = $1 and a.type = 'attribute' and a.id = c.attribute_id and a.details->>'slug' = any($4::text[])
        ) order by r.id for update
      )
      update label l set fetched_at = 'epoch' from renamed r where l.connection_id = $1 and l.type = 'record' and l.id = r.id`,
    values: [connectionId, changes.map(change => change.recordId), changes.map(change => change.attributeId), slugs],
  })
}

export type GoneLabel = { type: LabelType; id: string; parentId: string; aliasOf: string | null }

/** Marks things as gone because an event said so, not because they are missing; they keep their last name. `aliasOf` is the record a merge made of it. */
export async function markGone(executor: Executor, connectionId: string, things: readonly GoneLabel[]): Promise<void> {
  if (things.length === 0) return
  const rows = [...new Map(things.map(thing => [`${thing.type}/${thing.id}`, thing])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, thing]) => thing)
  await executor.query(
    `insert into label (connection_id, type, id, parent_id, state, alias_of)
     select $1, l.type, l.id, l.parent_id, 'gone', l.alias_of
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as l(type, id, parent_id, alias_of)
     on conflict (connection_id, type, id) do update set state = 'gone', missing_since = null,
       alias_of = coalesce(excluded.alias_of, label.alias_of)`,
    [connectionId, rows.map(row => row.type), rows.map(row => row.id), rows.map(row => row.parentId), rows.map(row => row.aliasOf)],
  )
}
