import { type AttioClient, buildAuthorizeUrl, createAttioClient, exchangeCode, missingScopes, type SelfReply } from '@worksights/attio'
import {
  claimWorkspace,
  type Database,
  mappingTransaction,
  saveAuthorization,
  type Tenant,
  tokenSealContext,
  withWorkspaceLock,
  writeMembers,
} from '@worksights/database'
import type { Clock, KeyRing, Logger } from '@worksights/runtime'
import pLimit from 'p-limit'
import { ConnectFailure, type ConnectFailureCode, need, needUnlessForbidden } from './failure.ts'
import { findNamingAttributes } from './naming-attributes.ts'
import { patiently } from './patience.ts'
import { removeLeftovers, undoSetup } from './webhook-cleanup.ts'
import { setUpWebhooks, type WebhookSetup } from './webhook-setup.ts'

export type ConnectOutcome = { outcome: 'connected'; connectionId: string } | { outcome: 'failed'; code: ConnectFailureCode }

export type AttioConnector = {
  /** Attio's consent page for this state. */
  authorizeUrl(state: string): string
  /** Makes a connection of an authorisation code, or renews the one there is; all or nothing. */
  connect(request: { code: string; tenant: Tenant; userId: string }): Promise<ConnectOutcome>
}

export type ConnectorOptions = {
  database: Database
  keyRing: KeyRing
  clock: Clock
  log: Logger
  attio: { appUrl: string; apiUrl: string; clientId: string; clientSecret: string }
  /** Where Attio sends the browser back to. */
  redirectUri: string
  /** Without a trailing slash. */
  gatewayUrl: string
}

type ActiveSelf = Extract<SelfReply, { active: true }>

/** Each attempt holds a database connection for its lock; more of them at once could leave none for the work itself. */
const attemptsAtOnce = 2

/** Connects Attio workspaces by OAuth. */
export function createAttioConnector(options: ConnectorOptions): AttioConnector {
  const { database, keyRing, clock, log, attio: app, redirectUri, gatewayUrl } = options
  const inTurn = pLimit(attemptsAtOnce)

  async function tokenOf(code: string): Promise<string> {
    const result = await exchangeCode({ appUrl: app.appUrl, clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, code })
    if (result.ok) return result.data.accessToken
    const passing = result.error.kind === 'unavailable' || result.error.kind === 'rate_limited'
    throw new ConnectFailure(passing ? 'attio_unavailable' : 'code_rejected', result.error)
  }

  async function connect(request: { code: string; tenant: Tenant; userId: string }): Promise<string> {
    const token = await tokenOf(request.code)
    const attio = createAttioClient({ apiUrl: app.apiUrl, token, log })
    const self = need(await patiently(() => attio.self()))
    if (!self.active) throw new ConnectFailure('token_inactive')
    if (missingScopes(self.scope).some(({ scope }) => scope.startsWith('webhook:'))) throw new ConnectFailure('missing_permission')
    return await withWorkspaceLock(database, self.workspace_id, () => connectWorkspace(attio, self, token, request))
  }

  async function connectWorkspace(
    attio: AttioClient,
    self: ActiveSelf,
    token: string,
    { tenant, userId }: { tenant: Tenant; userId: string },
  ): Promise<string> {
    // All reading comes first: what fails here has changed nothing.
    const members = needUnlessForbidden(await patiently(() => attio.listMembers()), [])
    const namingAttributeIds = await findNamingAttributes(attio)
    const remote = need(await patiently(() => attio.listWebhooks()))
    const workspace = { workspaceName: self.workspace_name, workspaceSlug: self.workspace_slug ?? '' }
    const { organizationId } = tenant
    const claim = await tenant.transaction(scope => claimWorkspace(scope, { organizationId, workspaceId: self.workspace_id, ...workspace }))
    if (claim.outcome === 'taken') throw new ConnectFailure('workspace_taken')
    const connection = { id: claim.connectionId, organizationId }
    const setup: WebhookSetup = { tenant, keyRing, attio, gatewayUrl, connection, made: [] }
    try {
      const inUse = await setUpWebhooks(setup, remote, namingAttributeIds)
      const { keyId, sealed } = keyRing.seal(token, tokenSealContext(connection.id))
      await mappingTransaction(tenant, organizationId, async client => {
        await saveAuthorization(client, connection.id, {
          ...workspace,
          tokenSealed: sealed,
          tokenKeyId: keyId,
          scopes: self.scope.split(/\s+/).filter(scope => scope !== ''),
          authorizedByMemberId: self.authorized_by_workspace_member_id,
          authorizedByUserId: userId,
        })
        await writeMembers(client, connection, members.map(toSyncedMember))
      })
      await tidy(tenant, attio, connection.id, inUse)
    } catch (error) {
      await undoSetup(setup, claim.isNew).catch(undoError => {
        log.error({ err: undoError, connection_id: connection.id }, 'a failed attempt to connect could not be taken back')
      })
      throw error
    }
    return connection.id
  }

  /** Leftovers do no harm to the new connection, so failing to remove them does not fail it. */
  async function tidy(tenant: Tenant, attio: AttioClient, connectionId: string, inUse: readonly string[]): Promise<void> {
    try {
      const remote = need(await patiently(() => attio.listWebhooks()))
      await removeLeftovers({ tenant, attio, gatewayUrl, connectionId, now: clock.now() }, remote, inUse)
    } catch (error) {
      log.warn({ err: error, connection_id: connectionId }, 'leftover webhooks could not be removed; the next refresh tries again')
    }
  }

  return {
    authorizeUrl: state => buildAuthorizeUrl({ appUrl: app.appUrl, clientId: app.clientId, redirectUri, state }),
    async connect(request) {
      try {
        const connectionId = await inTurn(() => connect(request))
        log.info({ connection_id: connectionId, organization_id: request.tenant.organizationId }, 'a workspace was connected')
        return { outcome: 'connected', connectionId }
      } catch (error) {
        const code = error instanceof ConnectFailure ? error.code : 'internal_error'
        const { endpoint, status, executionId } = (error instanceof ConnectFailure && error.attioError) || {}
        const context = { code, organization_id: request.tenant.organizationId, endpoint, status, attio_execution_id: executionId }
        if (code === 'internal_error') log.error({ err: error, ...context }, 'connecting a workspace failed')
        else log.warn(context, 'a workspace was not connected')
        return { outcome: 'failed', code }
      }
    },
  }
}

function toSyncedMember(member: {
  id: { workspace_member_id: string }
  first_name: string | null
  last_name: string | null
  email_address: string | null
  avatar_url: string | null
  access_level: string | null
}) {
  return {
    id: member.id.workspace_member_id,
    firstName: member.first_name,
    lastName: member.last_name,
    email: member.email_address,
    avatarUrl: member.avatar_url,
    accessLevel: member.access_level,
  }
}
