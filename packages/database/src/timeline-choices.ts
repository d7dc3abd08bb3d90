import type { ConnectionState } from './connection-state.ts'
import type { Scope } from './tenant.ts'
import { listsWithAccess } from './visibility.ts'

/*
 * What the timeline can be narrowed by: read from what is known of people and names, which is little, and never from the lines, which are many.
 */

/** More than a picker can show; what is beyond is found by typing. */
const most = 2_000

export type TimelineChoices = {
  people: { userId: string; name: string | null; email: string; avatarUrl: string | null }[]
  workspaces: { connectionId: string; name: string; state: ConnectionState }[]
  objects: { connectionId: string; id: string; slug: string | null; singular: string | null; plural: string | null }[]
  lists: { connectionId: string; id: string; name: string }[]
  attributes: { connectionId: string; id: string; name: string; objectId: string | null; listId: string | null }[]
  hiddenAreas: string[]
}

/** Everything to choose from but records. Nothing of a private list that is not allowed. */
export async function selectChoices(scope: Scope): Promise<TimelineChoices> {
  const own = [scope.organizationId]
  const { rows: people } = await scope.query<TimelineChoices['people'][number]>(
    `select u.id as "userId", u.name, u.email, max(m.avatar_url) as "avatarUrl" from app_user u
     join member m on m.user_id = u.id and m.organization_id = $1 and m.mapping <> 'excluded'
     where u.organization_id = $1 group by u.id order by lower(coalesce(u.name, u.email)), u.id limit ${most}`,
    own,
  )
  const { rows: workspaces } = await scope.query<TimelineChoices['workspaces'][number]>(
    `select id as "connectionId", workspace_name as name, state from connection where organization_id = $1 order by created_at, id limit ${most}`,
    own,
  )
  const { rows: objects } = await scope.query<TimelineChoices['objects'][number]>(
    `select l.connection_id as "connectionId", l.id, l.details->>'slug' as slug, l.details->>'singular' as singular, l.details->>'plural' as plural
     from label l join connection k on k.id = l.connection_id
     where k.organization_id = $1 and l.type = 'object' and l.state <> 'pending' order by lower(l.details->>'plural'), l.id limit ${most}`,
    own,
  )
  const { rows: lists } = await scope.query<TimelineChoices['lists'][number]>(
    `select connection_id as "connectionId", id, name from (${listsWithAccess} and k.organization_id = $1) list
     where shown and name is not null order by lower(name), id limit ${most}`,
    own,
  )
  const { rows: attributes } = await scope.query<TimelineChoices['attributes'][number]>(
    `with hidden as (select connection_id, id from (${listsWithAccess} and k.organization_id = $1) list where not shown)
     select l.connection_id as "connectionId", l.id, l.name,
            case when l.parent_id like 'objects/%' then substr(l.parent_id, 9) end as "objectId",
            case when l.parent_id like 'lists/%' then substr(l.parent_id, 7) end as "listId"
     from label l join connection k on k.id = l.connection_id
     where k.organization_id = $1 and l.type = 'attribute' and l.name is not null
       and not exists (select from hidden h where h.connection_id = l.connection_id and l.parent_id = 'lists/' || h.id)
     order by lower(l.name), l.id limit ${most}`,
    own,
  )
  const { rows: areas } = await scope.query<{ area: string }>(
    'select area from feature_switch where organization_id = $1 and not enabled order by area',
    own,
  )
  return { people, workspaces, objects, lists, attributes, hiddenAreas: areas.map(({ area }) => area) }
}

export type RecordChoice = {
  connectionId: string
  id: string
  name: string
  objectId: string
  /** The object's noun; null while unknown. */
  object: string | null
  gone: boolean
}

/** Records by typing: those whose name begins so first, then those in whose name each typed word begins a word. */
export async function findRecords(scope: Scope, typed: string, limit: number): Promise<RecordChoice[]> {
  const { rows } = await scope.query<RecordChoice>(
    `select l.connection_id as "connectionId", l.id, l.name, l.parent_id as "objectId", o.details->>'singular' as object, l.state = 'gone' as gone
     from records_by_name($2, $3) with ordinality as found (connection_id, id, place)
     join connection k on k.id = found.connection_id and k.organization_id = $1
     join label l on l.connection_id = found.connection_id and l.type = 'record' and l.id = found.id
     left join label o on o.connection_id = l.connection_id and o.type = 'object' and o.id = l.parent_id
     order by found.place`,
    [scope.organizationId, typed, limit],
  )
  return rows
}
