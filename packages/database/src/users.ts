import { v7 as uuid } from 'uuid'
import type { Database, Executor } from './connect.ts'
import { foldEmail, mappingTransaction } from './mapping.ts'

export type User = { id: string; email: string; name: string | null }

/** The organisation with this value of the organisation claim; made when it is the first time it is seen. */
export async function findOrCreateOrganization(executor: Executor, externalId: string): Promise<{ id: string; name: string }> {
  const find = () => executor.query<{ id: string; name: string }>('select id, name from organization where external_id = $1', [externalId])
  const known = (await find()).rows[0]
  if (known) return known
  await executor.query('insert into organization (id, external_id, name) values ($1, $2, $2) on conflict (external_id) do nothing', [
    uuid(),
    externalId,
  ])
  const made = (await find()).rows[0]
  if (!made) throw new Error('An organisation that was just made is gone.')
  return made
}

/**
 * Notes that a person with a verified e-mail signed in: makes the user at first sight (and maps members with that e-mail to it), else keeps the
 * newest name and subject. `subject` is `issuer|sub`.
 */
export async function noteSignIn(
  database: Database,
  person: { organizationId: string; email: string; name: string | null; subject: string },
): Promise<User> {
  const { rows } = await database.pool.query<User>(
    `update app_user set subject = $3, name = coalesce($4, name), updated_at = now()
     where organization_id = $1 and email_folded = $2 returning id, email, name`,
    [person.organizationId, foldEmail(person.email), person.subject, person.name],
  )
  if (rows[0]) return rows[0]
  const { result } = await mappingTransaction(database, person.organizationId, async client => {
    const { rows: made } = await client.query<User>(
      `insert into app_user (id, organization_id, email, email_folded, name, subject) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, email_folded) do update set subject = excluded.subject, name = coalesce(excluded.name, app_user.name)
       returning id, email, name`,
      [uuid(), person.organizationId, person.email.trim(), foldEmail(person.email), person.name, person.subject],
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
  database: Database,
  organizationId: string,
  people: readonly { email: string; name?: string | null | undefined }[],
): Promise<{ users: User[]; mapped: number }> {
  const byEmail = new Map(people.map(person => [foldEmail(person.email), person]))
  const unique = [...byEmail.entries()]
  const { result, mapped } = await mappingTransaction(database, organizationId, async client => {
    const { rows } = await client.query<User>(
      `insert into app_user (id, organization_id, email, email_folded, name)
       select id, $1, email, folded, name from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as given (id, email, folded, name)
       on conflict (organization_id, email_folded) do update set name = coalesce(excluded.name, app_user.name), updated_at = now()
       returning id, email, name`,
      [
        organizationId,
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
export async function listUsers(executor: Executor, organizationId: string): Promise<(User & { signedIn: boolean })[]> {
  const { rows } = await executor.query<User & { signedIn: boolean }>(
    `select id, email, name, subject is not null as "signedIn" from app_user where organization_id = $1 order by email_folded`,
    [organizationId],
  )
  return rows
}
