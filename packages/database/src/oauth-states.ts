import type { Executor } from './connect.ts'
import type { Scope } from './tenant.ts'

/** How long a person has to answer Attio's consent page. */
export const oauthStateLifetimeSeconds = 600

export type OauthStateOwner = { organizationId: string; userId: string }

/** Keeps an authorisation under way; only hashes are kept, so the table opens nothing. */
export async function saveOauthState(scope: Scope, state: { userId: string; stateHash: Buffer; browserHash: Buffer }): Promise<void> {
  await scope.query(
    `insert into oauth_state (state_hash, browser_hash, organization_id, user_id, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
    [state.stateHash, state.browserHash, scope.organizationId, state.userId, oauthStateLifetimeSeconds],
  )
}

/** Forgets authorisations that ended a day ago or more. */
export async function forgetOauthStates(executor: Executor): Promise<void> {
  await executor.query(`delete from oauth_state where expires_at < now() - interval '1 day'`)
}

export type SpentState =
  | { outcome: 'ok'; owner: OauthStateOwner }
  | { outcome: 'unknown' }
  | { outcome: 'other_browser' }
  | { outcome: 'used' }
  | { outcome: 'expired' }

/** Spends a state: exactly one call in all its life is answered `ok`, however many come at once. Whose it was is what the answer tells. */
export async function spendOauthState(executor: Executor, stateHash: Buffer, browserHash: Buffer): Promise<SpentState> {
  type Row = ({ outcome: 'ok' } & OauthStateOwner) | { outcome: 'other_browser' | 'used' | 'expired' }
  const { rows } = await executor.query<Row>(
    'select outcome, organization_id as "organizationId", user_id as "userId" from spend_oauth_state($1, $2)',
    [stateHash, browserHash],
  )
  const [spent] = rows
  if (!spent) return { outcome: 'unknown' }
  if (spent.outcome !== 'ok') return { outcome: spent.outcome }
  return { outcome: 'ok', owner: { organizationId: spent.organizationId, userId: spent.userId } }
}
