import { v7 as uuid } from 'uuid'
import type { Executor } from './connect.ts'
import { foldEmail, mappingTransaction } from './mapping.ts'
import type { Scope, Tenant } from './tenant.ts'

export type User = { id: string; email: string; name: string | null }

/** The organisation with this value of the organisation claim; made when it is the first time it is seen. */
export async function findOrCreateOrganization(executor: Executor, externalId: string): Promise<{ id: string; name: string }> {
  const { rows } = await executor.query<{ id: string; name: string }>('select id, name from organization_of_claim($1, $2)', [
    externalId,
    uuid(),
  ])
  const [organization] = rows
  if (!organization) throw new Error('An organisation that was just made is gone.')
  return organization
}

/**
 * Notes that a person with a verified e-mail signed in; `subject` is `issuer|sub`. Whoever is known by the subject gets the e-mail of now; else whoever
 * has the e-mail gets the subject; else a user is made. Where both are known and differ, the user with the e-mail it is: people are matched by that.
 * A name that is told replaces the one known. Members are mapped anew where an e-mail is new.
 */
export async function noteSignIn(tenant: Tenant, person: { email: string; name: string | null; subject: string }): Promise<User> {
  const folded = foldEmail(person.email)
  const known = await tenant.transaction(async scope => {
    const { rows } = await scope.query<User>(
      `update app_user set name = coalesce($4, name), updated_at = now()
       where organization_id = $1 and email_folded = $2 and subject = $3 returning id, email, name`,
      [scope.organizationId, folded, person.subject, person.name],
    )
    return rows[0]
  })
  if (known) return known
  const { result } = await mappingTransaction(tenant, tenant.organizationId, async client => {
    const own = [tenant.organizationId, folded, person.subject]
    const { rowCount: elsewhere } = await client.query(
      'select from app_user where organization_id = $1 and email_folded = $2 and subject is distinct from $3',
      own,
    )
    if (elsewhere)
      await client.query('update app_user set subject = null where organization_id = $1 and subject = $3 and email_folded <> $2', own)
    else {
      await client.query('update app_user set email = $4, email_folded = $2 where organization_id = $1 and subject = $3', [
        ...own,
        person.email.trim(),
      ])
    }
    const { rows: made } = await client.query<User>(
      `insert into app_user (id, organization_id, email, email_folded, name, subject) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, email_folded) do update set subject = excluded.subject, name = coalesce(excluded.name, app_user.name), updated_at = now()
       returning id, email, name`,
      [uuid(), tenant.organizationId, person.email.trim(), folded, person.name, person.subject],
    )
    if (!made[0]) throw new Error('An upsert returned no row.')
    return made[0]
  })
  return result
}

/**
 * Registers people before they sign in, or renames them; who is given twice counts once, the last name wins. A missing name keeps the one known.
 * Members with the same e-mail are mapped in the same transaction; `mapped` is how many that were.
 */
export async function upsertUsers(
  tenant: Tenant,
  people: readonly { email: string; name?: string | null | undefined }[],
): Promise<{ users: User[]; mapped: number }> {
  const byEmail = new Map(people.map(person => [foldEmail(person.email), person]))
  const unique = [...byEmail.entries()]
  const { result, mapped } = await mappingTransaction(tenant, tenant.organizationId, async client => {
    const { rows } = await client.query<User>(
      `insert into app_user (id, organization_id, email, email_folded, name)
       select id, $1, email, folded, name from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as given (id, email, folded, name)
       on conflict (organization_id, email_folded) do update set name = coalesce(excluded.name, app_user.name), updated_at = now()
       returning id, email, name`,
      [
        tenant.organizationId,
        unique.map(() => uuid()),
        unique.map(([, person]) => person.email.trim()),
        unique.map(([folded]) => folded),
        unique.map(([, person]) => person.name ?? null),
      ],
    )
    return rows
  })
  return { users: result, mapped }
}

/** Everybody registered or seen in an organisation, by e-mail. */
export async function listUsers(scope: Scope): Promise<(User & { signedIn: boolean })[]> {
  const { rows } = await scope.query<User & { signedIn: boolean }>(
    `select id, email, name, subject is not null as "signedIn" from app_user where organization_id = $1 order by email_folded`,
    [scope.organizationId],
  )
  return rows
}
