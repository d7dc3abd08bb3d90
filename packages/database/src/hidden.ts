import type { Scope } from './tenant.ts'
import { unhidden } from './visibility.ts'

/** What a member's lines wait for: nobody the member maps to, by e-mail or because an admin said so. Whoever is excluded waits for nothing. */
export const isUnmapped = `m.user_id is null and m.mapping in ('auto', 'none')`

/** `members` is how many people act unseen, `activities` what they did. */
export type Hidden = { members: number; activities: number }

/**
 * Activities that are hidden because their member maps to no user; what would not show anyway (an area that is off, a private list) is not counted. Costs
 * what there is to count, by the index of activities by member.
 */
export async function countHidden(scope: Scope): Promise<Hidden> {
  const perMember = await countHiddenByMember(scope, undefined)
  return { members: perMember.length, activities: perMember.reduce((sum, member) => sum + member.activities, 0) }
}

export type HiddenOfMember = { connectionId: string; memberId: string; activities: number }

/** The same for each unmapped member who has any, of one connection or of all. */
export async function countHiddenByMember(scope: Scope, connectionId: string | undefined): Promise<HiddenOfMember[]> {
  const { rows } = await scope.query<HiddenOfMember>(
    // Member by member, each a stretch of the index.
    `select m.connection_id as "connectionId", m.id as "memberId", n.activities
     from member m
     cross join lateral (
       select count(*)::int as activities from activity a
       where a.connection_id = m.connection_id and a.member_id = m.id and a.organization_id = $1 and ${unhidden}
     ) n
     where m.organization_id = $1 and ${isUnmapped} and ($2::uuid is null or m.connection_id = $2) and n.activities > 0`,
    [scope.organizationId, connectionId ?? null],
  )
  return rows
}
