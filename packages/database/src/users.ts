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
 * has the e-mail gets the subject; else a user is made. Where both are known and differ, the user with the e-mail it is: people are matched by that, and
 * the one known by the subject stays as somebody who was registered. Of two subjects with one e-mail the last to sign in is remembered.
 * A name that is told replaces the one known. Members are mapped anew where an e-mail is new.
 */
export async function noteSignIn(tenant: Tenant, person: { email: string; name: string | null; subject: string }): Promise<User> {
  const folded = foldEmail(person.email)
  // Almost every sign-in: nothing is new, so nothing is written and no lock is taken.
  const known = await tenant.transaction(async scope => {
    const { rows } = await scope.query<User>(
      `select id, email, name from app_user
       where organization_id = $1 and email_folded = $2 and subject = $3 and ($4::text is null or name is not distinct from $4)`,
      [scope.organizationId, folded, person.subject, person.name],
    )
    return rows[0]
  })
  if (known) return known
  const { result } = await mappingTransaction(tenant, tenant.organizationId, async scope => {
    const own = [scope.organizationId, folded, person.subject]
    const { rowCount: hasUser } = await scope.query(
      'select from app_user where organization_id = $1 and email_folded = $2',
      own.slice(0, 2),
    )
    if (hasUser) {
      await scope.query('update app_user set subject = null where organization_id = $1 and subject = $3 and email_folded <> $2', own)
    } else {
      await scope.query(
        'update app_user set email = $4, email_folded = $2, updated_at = now() where organization_id = $1 and subject = $3',
        [...own, person.email.trim()],
      )
    }
    const { rows: made } = await scope.query<User>(
      `insert into app_user (id, organization_id, email, email_folded, name, subject) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, email_folded) do update set subject = excluded.subject, name = coalesce(excluded.name, app_user.name), updated_at = now()
       returning id, email, name`,
      [uuid(), scope.organizationId, person.email.trim(), folded, person.name, person.subject],
    )
    if (!made[0]) throw new Error('An upsert returned no row.')
    return made[0]
  })
  return result
}

/** Whoever signed in last with this subject (`issuer|sub`). */
export async function findUserBySubject(scope: Scope, subject: string): Promise<User | null> {
  const { rows } = await scope.query<User>('select id, email, name from app_user where organization_id = $1 and subject = $2', [
    scope.organizationId,
    subject,
  ])
  return rows[0] ?? null
}

/** What {@link upsertUsers} found to do: people who were not known, and people who got another name. */
export type Registered = { registered: number; renamed: number }

/**
 * Registers people before they sign in, or renames them; who is given twice counts once, the last name wins. A missing name keeps the one known.
 * Members with the same e-mail are mapped in the same transaction; `mapped` is how many that were. `note` runs in it too, where there was anything to do.
 */
export async function upsertUsers(
  tenant: Tenant,
  people: readonly { email: string; name?: string | null | undefined }[],
  note: (scope: Scope, done: Registered) => Promise<void> = async () => undefined,
): Promise<{ users: User[]; mapped: number }> {
  const unique = [...new Map(people.map(person => [foldEmail(person.email), person])).entries()]
  const emails = unique.map(([folded]) => folded)
  const names = unique.map(([, person]) => person.name ?? null)
  const { result, mapped } = await mappingTransaction(tenant, tenant.organizationId, async scope => {
    const { rows: known } = await scope.query<{ renamed: boolean }>(
      `select given.name is not null and given.name is distinct from app_user.name as renamed
       from unnest($2::text[], $3::text[]) as given (folded, name) join app_user on organization_id = $1 and email_folded = folded`,
      [scope.organizationId, emails, names],
    )
    const { rows } = await scope.query<User>(
      `insert into app_user (id, organization_id, email, email_folded, name)
       select id, $1, email, folded, name from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as given (id, email, folded, name)
       on conflict (organization_id, email_folded) do update set name = coalesce(excluded.name, app_user.name), updated_at = now()
       returning id, email, name`,
      [scope.organizationId, unique.map(() => uuid()), unique.map(([, person]) => person.email.trim()), emails, names],
    )
    const done = { registered: unique.length - known.length, renamed: known.filter(({ renamed }) => renamed).length }
    if (done.registered || done.renamed) await note(scope, done)
    return rows
  })
  return { users: result, mapped }
}

export type UserChange = { email?: string | undefined; name?: string | null | undefined }
export type ChangedUser =
  | { outcome: 'changed' }
  | { outcome: 'not_found' }
  /** Somebody else of the organisation has the e-mail. */
  | { outcome: 'email_taken' }

/**
 * Gives a user another e-mail or name (null: none); what is left out stays. Members are mapped anew in the same transaction, and `note` runs in it with
 * the user as it was and as it is, where anything changed.
 */
export async function changeUser(
  tenant: Tenant,
  id: string,
  change: UserChange,
  note: (scope: Scope, was: User, is: User) => Promise<void>,
): Promise<ChangedUser> {
  const { result } = await mappingTransaction(tenant, tenant.organizationId, async scope => {
    const { rows } = await scope.query<User>('select id, email, name from app_user where organization_id = $1 and id = $2 for update', [
      scope.organizationId,
      id,
    ])
    const [was] = rows
    if (!was) return { outcome: 'not_found' as const }
    const is = { id, email: change.email?.trim() ?? was.email, name: change.name === undefined ? was.name : change.name }
    const own = [scope.organizationId, id, foldEmail(is.email)]
    // Every change of e-mails takes the lock of the mapping, so nobody can take it meanwhile.
    const { rowCount: taken } = await scope.query('select from app_user where organization_id = $1 and id <> $2 and email_folded = $3', own)
    if (taken) return { outcome: 'email_taken' as const }
    if (is.email !== was.email || is.name !== was.name) {
      await scope.query(
        'update app_user set email_folded = $3, email = $4, name = $5, updated_at = now() where organization_id = $1 and id = $2',
        [...own, is.email, is.name],
      )
      await note(scope, was, is)
    }
    return { outcome: 'changed' as const }
  })
  return result
}

export type ListedUser = User & { emailFolded: string; signedIn: boolean; memberCount: number }

/** `$1` is the organisation. */
const selectListed = `select id, email, email_folded as "emailFolded", name, subject is not null as "signedIn",
    (select count(*)::int from member where member.organization_id = $1 and member.user_id = app_user.id) as "memberCount"
  from app_user where organization_id = $1`

/**
 * People registered or seen in an organisation, by e-mail: at most `limit` after the folded e-mail `after`. `search` is looked for in e-mail and name,
 * ignoring case. `memberCount` is how many Attio members map to each.
 */
export async function listUsers(
  scope: Scope,
  page: { search?: string | undefined; after?: string | undefined; limit: number },
): Promise<ListedUser[]> {
  const { rows } = await scope.query<ListedUser>(
    `${selectListed} and ($2::text is null or email_folded > $2)
       and ($3::text is null or strpos(email_folded, lower($3)) > 0 or strpos(lower(name), lower($3)) > 0)
     order by email_folded limit $4`,
    [scope.organizationId, page.after ?? null, page.search ?? null, page.limit],
  )
  return rows
}

/** A user as {@link listUsers} lists it. */
export async function findUser(scope: Scope, id: string): Promise<ListedUser | null> {
  const { rows } = await scope.query<ListedUser>(`${selectListed} and id = $2`, [scope.organizationId, id])
  return rows[0] ?? null
}
