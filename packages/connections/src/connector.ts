import {
  type AttioClient,
  type AttioClientOptions,
  buildAuthorizeUrl,
  createAttioClient,
  exchangeCode,
  missingScopes,
} from '@worksights/attio'
import { claimWorkspace, isEnding, listWebhooksOfConnection, WorkspaceBusyError, withWorkspaceLock } from '@worksights/database'
import type { Clock, KeyRing, Logger } from '@worksights/runtime'
import pLimit from 'p-limit'
import { ConnectFailure, type ConnectFailureCode, need, needUnlessForbidden } from './failure.ts'
import { findNamingAttributes } from './naming-attributes.ts'
import { patiently } from './patience.ts'
import { type ActiveSelf, saveConnection } from './save-connection.ts'
import { logStateChange } from './state-log.ts'
import type { Store } from './upkeep.ts'
import { tidyWebhooks, undoSetup } from './webhook-cleanup.ts'
import { planWebhooks } from './webhook-plan.ts'
import { setUpWebhooks, type WebhookSetup } from './webhook-setup.ts'

export type ConnectOutcome = { outcome: 'connected'; connectionId: string } | { outcome: 'failed'; code: ConnectFailureCode }

export type ConnectRequest = {
  code: string
  /** The organisation's rows. */
  store: Store
  /** Who began the authorisation. */
  userId: string
  /** Of the request that ended it, for the audit trail. */
  requestId: string | null
}

export type AttioConnector = {
  /** Attio's consent page for this state. */
  authorizeUrl(state: string): string
  /** Makes a connection of an authorisation code, or renews the one there is; all or nothing. */
  connect(request: ConnectRequest): Promise<ConnectOutcome>
}

export type ConnectorOptions = {
  keyRing: KeyRing
  clock: Clock
  log: Logger
  attio: { appUrl: string; apiUrl: string; clientId: string; clientSecret: string }
  /** Told of each call to Attio. */
  onResponse?: AttioClientOptions['onResponse']
  /** Where Attio sends the browser back to. */
  redirectUri: string
  /** Without a trailing slash. */
  gatewayUrl: string
}

/** Each attempt holds a database connection for its lock; more of them at once could leave none for the work itself. */
const attemptsAtOnce = 2

/** Connects Attio workspaces by OAuth. */
export function createAttioConnector(options: ConnectorOptions): AttioConnector {
  const { keyRing, clock, log, attio: app, redirectUri, gatewayUrl, onResponse } = options
  const inTurn = pLimit(attemptsAtOnce)

  async function tokenOf(code: string): Promise<string> {
    const result = await exchangeCode({
      ...{ appUrl: app.appUrl, clientId: app.clientId, clientSecret: app.clientSecret },
      ...{ redirectUri, code, onResponse },
    })
    if (result.ok) return result.data.accessToken
    const passing = result.error.kind === 'unavailable' || result.error.kind === 'rate_limited'
    throw new ConnectFailure(passing ? 'attio_unavailable' : 'code_rejected', result.error)
  }

  async function connect(request: ConnectRequest): Promise<string> {
    const token = await tokenOf(request.code)
    const attio = createAttioClient({ apiUrl: app.apiUrl, token, log, onResponse })
    const self = need(await patiently(() => attio.self()))
    if (!self.active) throw new ConnectFailure('token_inactive')
    if (missingScopes(self.scope).some(({ scope }) => scope.startsWith('webhook:'))) throw new ConnectFailure('missing_permission')
    return await withWorkspaceLock(request.store, self.workspace_id, () => connectWorkspace(attio, self, token, request))
  }

  async function connectWorkspace(attio: AttioClient, self: ActiveSelf, token: string, request: ConnectRequest): Promise<string> {
    const { store, userId, requestId } = request
    const { organizationId } = store
    // All reading comes first: what fails here has changed nothing.
    const members = needUnlessForbidden(await patiently(() => attio.listMembers()), null)
    const namingAttributeIds = await findNamingAttributes(attio)
    const remote = need(await patiently(() => attio.listWebhooks()))
    const workspace = { workspaceId: self.workspace_id, workspaceName: self.workspace_name, workspaceSlug: self.workspace_slug ?? '' }
    const claim = await store.transaction(client => claimWorkspace(client, { organizationId, ...workspace }))
    if (claim.outcome === 'taken') throw new ConnectFailure('workspace_taken')
    // Whoever asked for the end would end what is connected here.
    if (await store.transaction(client => isEnding(client, claim.connectionId))) throw new ConnectFailure('workspace_ending')
    const connection = { id: claim.connectionId, organizationId }
    const setup: WebhookSetup = { store, keyRing, attio, gatewayUrl, clock, connection, made: [] }
    try {
      const rows = await store.transaction(client => listWebhooksOfConnection(client, connection.id))
      const plan = planWebhooks({ rows, remote, unreadable: new Set(), now: clock.now() })
      const inUse = await setUpWebhooks(setup, plan, namingAttributeIds)
      const { before } = claim
      logStateChange(log, await saveConnection(setup, { token, self, userId, requestId, before, members, plan }))
      // Leftovers do no harm to the new connection, so failing to remove them does not fail it.
      await tidyWebhooks({ store, attio, gatewayUrl, connection, now: clock.now() }, remote, inUse).catch(error => {
        log.warn({ err: error, connection_id: connection.id }, 'leftover webhooks could not be removed; the next check tries again')
      })
    } catch (error) {
      await undoSetup(setup, claim.before === null).catch(undoError => {
        log.error({ err: undoError, connection_id: connection.id }, 'a failed attempt to connect could not be taken back')
      })
      throw error
    }
    return connection.id
  }

  return {
    authorizeUrl: state => buildAuthorizeUrl({ appUrl: app.appUrl, clientId: app.clientId, redirectUri, state }),
    async connect(request) {
      try {
        const connectionId = await inTurn(() => connect(request))
        log.info({ connection_id: connectionId, organization_id: request.store.organizationId }, 'a workspace was connected')
        return { outcome: 'connected', connectionId }
      } catch (error) {
        const code = codeOf(error)
        const { endpoint, status, executionId } = (error instanceof ConnectFailure && error.attioError) || {}
        const context = { code, organization_id: request.store.organizationId, endpoint, status, attio_execution_id: executionId }
        if (code === 'internal_error') log.error({ err: error, ...context }, 'connecting a workspace failed')
        else log.warn(context, 'a workspace was not connected')
        return { outcome: 'failed', code }
      }
    },
  }
}

function codeOf(error: unknown): ConnectFailureCode {
  if (error instanceof ConnectFailure) return error.code
  // Nobody is at a workspace for long unless Attio is slow.
  return error instanceof WorkspaceBusyError ? 'attio_unavailable' : 'internal_error'
}
