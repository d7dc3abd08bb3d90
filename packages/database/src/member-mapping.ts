import { recordReset } from './changes.ts'
import { isUnmapped } from './hidden.ts'
import { mappingTransaction } from './mapping.ts'
import type { Scope, Tenant } from './tenant.ts'
import { findUser, type User } from './users.ts'

/*
 * Who of Attio's members is who, as people see and change it. What a mapping shows or hides is a matter of reading lines: none is rewritten.
 */

/** auto follows e-mails; manual, none (unmapped) and excluded are an admin's word, which no sync changes. */
export const mappings = ['auto', 'manual', 'none', 'excluded'] as const
export type Mapping = (typeof mappings)[number]
export const memberStates = ['mapped', 'unmapped', 'excluded'] as const
export type MemberState = (typeof memberStates)[number]

export type MappedMember = {
  id: string
  connectionId: string
  workspaceName: string
  name: string | null
  email: string | null
  avatarUrl: string | null
  accessLevel: string | null
  mapping: Mapping
  state: MemberState
  userId: string | null
  userName: string | null
  userEmail: string | null
  syncedAt: Date
  /** What the list is ordered by: name, else e-mail, else id, ignoring case. */
  sortKey: string
}

const stateOf = `case when m.mapping = 'excluded' then 'excluded' when ${isUnmapped} then 'unmapped' else 'mapped' end`
const fullName = `nullif(trim(concat_ws(' ', m.first_name, m.last_name)), '')`
/** Without a language of its own, so that every server orders alike. */
const sortKey = `left(lower(coalesce(${fullName}, m.email, m.id)), 200) collate "C"`

const columns = `m.id, m.connection_id as "connectionId", k.workspace_name as "workspaceName", ${fullName} as name, m.email, m.avatar_url as "avatarUrl",
  m.access_level as "accessLevel", m.mapping, ${stateOf} as state, u.id as "userId", u.name as "userName", u.email as "userEmail",
  m.synced_at as "syncedAt", ${sortKey} as "sortKey"`
const tables = `from member m join connection k on k.id = m.connection_id left join app_user u on u.id = m.user_id and u.organization_id = $1`

export type MemberPlace = { sortKey: string; connectionId: string; id: string }

/** Members by name: at most `limit`, after `after`, of one connection or of all, in one of `states`. */
export async function selectMembers(
  scope: Scope,
  query: { connectionId?: string | undefined; states?: readonly MemberState[] | undefined; after?: MemberPlace; limit: number },
): Promise<MappedMember[]> {
  const { rows } = await scope.query<MappedMember>(
    `select ${columns} ${tables}
     where m.organization_id = $1 and ($2::uuid is null or m.connection_id = $2) and ($3::text[] is null or ${stateOf} = any($3))
       and ($4::text is null or (${sortKey}, m.connection_id, m.id) > ($4, $5::uuid, $6))
     order by ${sortKey}, m.connection_id, m.id limit $7`,
    [
      ...[scope.organizationId, query.connectionId ?? null, query.states ?? null],
      ...[query.after?.sortKey ?? null, query.after?.connectionId ?? null, query.after?.id ?? null, query.limit],
    ],
  )
  return rows
}

export async function selectMember(scope: Scope, connectionId: string, memberId: string): Promise<MappedMember | undefined> {
  const { rows } = await scope.query<MappedMember>(
    `select ${columns} ${tables} where m.organization_id = $1 and m.connection_id = $2 and m.id = $3`,
    [scope.organizationId, connectionId, memberId],
  )
  return rows[0]
}

/** How many members are in each state, of one connection or of all. */
export async function countMembers(scope: Scope, connectionId: string | undefined): Promise<Record<MemberState, number>> {
  const { rows } = await scope.query<{ state: MemberState; members: number }>(
    `select ${stateOf} as state, count(*)::int as members from member m
     where m.organization_id = $1 and ($2::uuid is null or m.connection_id = $2) group by 1`,
    [scope.organizationId, connectionId ?? null],
  )
  const members = (state: MemberState) => rows.find(row => row.state === state)?.members ?? 0
  return { mapped: members('mapped'), unmapped: members('unmapped'), excluded: members('excluded') }
}

export type MappingChange = { mapping: 'manual'; userId: string } | { mapping: 'auto' | 'none' | 'excluded' }
export type MappingOutcome = { outcome: 'changed' | 'unchanged' } | { outcome: 'no_member' } | { outcome: 'no_user' }

/**
 * Maps a member as an admin says: to a user, to nobody, out of sight, or by e-mail again. Open streams are told. `onChange` runs in the same transaction,
 * given the member as it was and the user it maps to by hand.
 */
export async function mapMember(
  tenant: Tenant,
  member: { connectionId: string; id: string },
  change: MappingChange,
  onChange: (scope: Scope, before: MappedMember, user: User | null) => Promise<void>,
): Promise<MappingOutcome> {
  const { result } = await mappingTransaction(tenant, tenant.organizationId, async (scope: Scope): Promise<MappingOutcome> => {
    const before = await selectMember(scope, member.connectionId, member.id)
    if (!before) return { outcome: 'no_member' }
    const user = change.mapping === 'manual' ? ((await findUser(scope, change.userId)) ?? null) : null
    if (change.mapping === 'manual' && !user) return { outcome: 'no_user' }
    if (before.mapping === change.mapping && (!user || user.id === before.userId)) return { outcome: 'unchanged' }
    // `auto` is mapped with all the others when this is done.
    await scope.query(`update member set mapping = $4, user_id = $5 where organization_id = $1 and connection_id = $2 and id = $3`, [
      scope.organizationId,
      member.connectionId,
      member.id,
      change.mapping,
      user?.id ?? null,
    ])
    await recordReset(scope, scope.organizationId)
    await onChange(scope, before, user)
    return { outcome: 'changed' }
  })
  return result
}
