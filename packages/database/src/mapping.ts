import { recordReset } from './changes.ts'
import type { Transaction } from './connect.ts'

/** E-mail as people are matched by it: without surrounding space and in lower case. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase()
}

/**
 * Runs `work`, which writes users or members of one organisation, and then maps its members to its users by folded e-mail, all in one transaction.
 * Members mapped, unmapped or excluded by hand are left alone. Open streams are told when that showed or hid anything. `mapped` is how many members
 * changed.
 */
export async function mappingTransaction<T, Client extends Transaction>(
  database: { transaction<Result>(work: (client: Client) => Promise<Result>): Promise<Result> },
  organizationId: string,
  work: (client: Client) => Promise<T>,
): Promise<{ result: T; mapped: number }> {
  return await database.transaction(async client => {
    // New users and new members may arrive at once, neither seeing the other: whoever takes the lock second sees both. Taken before any row is
    // locked, so that two of these cannot wait for each other.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`member-mapping:${organizationId}`])
    const result = await work(client)
    const { rowCount } = await client.query(
      `update member set user_id = found.user_id
       from (
         select m.connection_id, m.id, u.id as user_id
         from member m
         left join app_user u on u.organization_id = m.organization_id and u.email_folded = m.email_folded
         where m.organization_id = $1 and m.mapping = 'auto' and m.user_id is distinct from u.id
       ) found
       where member.connection_id = found.connection_id and member.id = found.id`,
      [organizationId],
    )
    if (rowCount) await recordReset(client, organizationId)
    return { result, mapped: rowCount ?? 0 }
  })
}
