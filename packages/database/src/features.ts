import { recordReset } from './changes.ts'
import type { Scope } from './tenant.ts'
import { withinShownLists } from './visibility.ts'

/*
 * Feature areas. A switch says what is shown; recording goes on whatever it says.
 */

export type AreaState = {
  area: string
  enabled: boolean
  /** Lines of the last seven days, by members who are mapped, whether the area is on or off. */
  recentActivities: number
}

/** The areas that were ever switched or had lines in the last seven days; what is not among them is on and quiet. */
export async function readAreas(scope: Scope): Promise<AreaState[]> {
  const { rows } = await scope.query<AreaState>(
    `select coalesce(s.area, n.feature) as area, coalesce(s.enabled, true) as enabled, coalesce(n.lines, 0)::int as "recentActivities"
     from (select area, enabled from feature_switch where organization_id = $1) s
     full join (
       select a.feature, count(*) as lines
       from activity a join member m on m.connection_id = a.connection_id and m.id = a.member_id and m.user_id is not null and m.mapping <> 'excluded'
       where a.organization_id = $1 and a.occurred_at > now() - interval '7 days' and ${withinShownLists}
       group by a.feature
     ) n on n.feature = s.area`,
    [scope.organizationId],
  )
  return rows
}

/** Switches an area for the organisation; false when it was so already. Open streams are told. */
export async function switchArea(scope: Scope, area: string, enabled: boolean): Promise<boolean> {
  const { rowCount } = await scope.query(
    `insert into feature_switch as s (organization_id, area, enabled) select $1, $2, $3 where not $3 or exists (
       select from feature_switch where organization_id = $1 and area = $2)
     on conflict (organization_id, area) do update set enabled = excluded.enabled, updated_at = now() where s.enabled <> excluded.enabled`,
    [scope.organizationId, area, enabled],
  )
  if (!rowCount) return false
  await recordReset(scope, scope.organizationId)
  return true
}
