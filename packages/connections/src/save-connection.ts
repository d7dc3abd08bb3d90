import type { MemberReply, SelfReply } from '@worksights/attio'
import {
  actorOfUser,
  type ConnectionState,
  closeGaps,
  mappingTransaction,
  noteWebhookStatus,
  recordAudit,
  requestRun,
  retireWebhooks,
  type StateChange,
  type SyncedMember,
  saveAuthorization,
  setConnectionState,
  tokenSealContext,
  writeMembers,
} from '@worksights/database'
import { checkEveryMs, spread } from './check-times.ts'
import { noteLoss } from './gaps.ts'
import { type Finding, purposes } from './webhook-plan.ts'
import type { WebhookSetup } from './webhook-setup.ts'

export type ActiveSelf = Extract<SelfReply, { active: true }>

export type Authorization = {
  token: string
  self: ActiveSelf
  userId: string
  requestId: string | null
  /** What the connection was until now; null for one that is new. */
  before: ConnectionState | null
  /** Null where the token may not read them. */
  members: readonly MemberReply[] | null
  /** What was found of the webhooks before they were set up. */
  plan: readonly Finding[]
}

/** Writes, at once or not at all, what an authorisation brought, once both webhooks are set up. */
export async function saveConnection(setup: WebhookSetup, authorization: Authorization): Promise<StateChange | null> {
  const { store, keyRing, connection, clock } = setup
  const { token, self, userId, requestId, before, members, plan } = authorization
  const at = new Date(clock.now())
  const { keyId, sealed } = keyRing.seal(token, tokenSealContext(connection.id))
  const { result } = await mappingTransaction(store, store.organizationId, async client => {
    await saveAuthorization(client, connection.id, {
      workspaceName: self.workspace_name,
      workspaceSlug: self.workspace_slug ?? '',
      tokenSealed: sealed,
      tokenKeyId: keyId,
      scopes: self.scope.split(/\s+/).filter(scope => scope !== ''),
      authorizedByMemberId: self.authorized_by_workspace_member_id,
      authorizedByUserId: userId,
      at,
      checkInMs: spread(checkEveryMs),
    })
    for (const { row, webhook, found, action, degradedSince, purpose } of plan) {
      if (!row) continue
      if (action === 'keep') await noteWebhookStatus(client, row.id, { status: webhook?.status ?? found, deliveringAt: at, degradedSince })
      else {
        await noteLoss(client, connection, { purpose, found, row })
        await retireWebhooks(client, [row.id], at)
      }
    }
    await closeGaps(client, connection, purposes, at)
    if (members !== null) await writeMembers(client, connection, members.map(toSyncedMember))
    await recordAudit(client, {
      action: before === null || before === 'disconnected' ? 'connection.connected' : 'connection.reauthorized',
      organizationId: store.organizationId,
      actor: await actorOfUser(client, store.organizationId, userId),
      connectionId: connection.id,
      details: { workspace: self.workspace_name },
      requestId,
    })
    // What the token before could not read is asked for again: names above all.
    if (before !== null) {
      const { id: connectionId, organizationId } = connection
      await requestRun(client, { organizationId, connectionId, kind: 'refresh', params: {}, requestedBy: userId })
    }
    const degraded = plan.some(({ action, found }) => action === 'keep' && found === 'degraded')
    return await setConnectionState(
      client,
      connection,
      degraded ? { state: 'degraded', reason: 'webhook_degraded' } : { state: 'connected', reason: null },
      at,
    )
  })
  return result
}

/** A member as Attio tells of it, in the words of the database. */
export function toSyncedMember(member: MemberReply): SyncedMember {
  return {
    id: member.id.workspace_member_id,
    firstName: member.first_name,
    lastName: member.last_name,
    email: member.email_address,
    avatarUrl: member.avatar_url,
    accessLevel: member.access_level,
  }
}
