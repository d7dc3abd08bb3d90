import type { Executor } from './connect.ts'

/** How long a person has to answer Attio's consent page. */
export const oauthStateLifetimeSeconds = 600

export type OauthStateOwner = { organizationId: string; userId: string }

/** Keeps an authorisation under way; only hashes are kept, so the table opens nothing. Old ones are swept along. */
export async function saveOauthState(
  executor: Executor,
  state: OauthStateOwner & { stateHash: Buffer; browserHash: Buffer },
): Promise<void> {
  await executor.query(`delete from oauth_state where expires_at < now() - interval '1 day'`)
  await executor.query(
    `insert into oauth_state (state_hash, browser_hash, organization_id, user_id, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
    [state.stateHash, state.browserHash, state.organizationId, state.userId, oauthStateLifetimeSeconds],
  )
}

export type SpentState =
  | { outcome: 'ok'; owner: OauthStateOwner }
  | { outcome: 'unknown' }
  | { outcome: 'other_browser' }
  | { outcome: 'used' }
  | { outcome: 'expired' }

/** Spends a state: exactly one call in all its life is answered `ok`, however many come at once. */
export async function spendOauthState(executor: Executor, stateHash: Buffer, browserHash: Buffer): Promise<SpentState> {
  const spent = await executor.query<OauthStateOwner>(
    `update oauth_state set used_at = now()
     where state_hash = $1 and browser_hash = $2 and used_at is null and expires_at > now()
     returning organization_id as "organizationId", user_id as "userId"`,
    [stateHash, browserHash],
  )
  const owner = spent.rows[0]
  if (owner) return { outcome: 'ok', owner }
  const { rows } = await executor.query<{ sameBrowser: boolean; used: boolean }>(
    'select browser_hash = $2 as "sameBrowser", used_at is not null as used from oauth_state where state_hash = $1',
    [stateHash, browserHash],
  )
  const found = rows[0]
  if (!found) return { outcome: 'unknown' }
  if (!found.sameBrowser) return { outcome: 'other_browser' }
  return found.used ? { outcome: 'used' } : { outcome: 'expired' }
}
