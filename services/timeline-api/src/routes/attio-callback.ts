import { type ConnectFailureCode, type ConnectOutcome, connectFailureCodes } from '@worksights/connections'
import type { SpentState } from '@worksights/database'
import { requestIdOf } from '@worksights/runtime'
import { z } from 'zod'
import { clearBrowserCookie, hashSecret, readBrowserCookie } from '../connect/browser-binding.ts'
import type { ApiContext } from '../context.ts'
import { defineRoute } from '../http/define-route.ts'

const parameter = z.string().max(2_000).optional().catch(undefined)

/** Not strict: a browser stands here, and whatever it brings it is to land on a page and not on a JSON error. */
const callbackQuery = z.object({
  state: parameter.meta({ description: 'As `authorize` gave it to Attio.' }),
  code: parameter.meta({ description: "Attio's authorisation code." }),
  error: parameter.meta({ description: '`access_denied` when consent was refused.' }),
})

const stateFailures: Record<Exclude<SpentState['outcome'], 'ok'>, ConnectFailureCode> = {
  unknown: 'state_unknown',
  other_browser: 'other_browser',
  used: 'state_used',
  expired: 'state_expired',
}

/** For whoever writes the page that people land on. */
const explanations: Record<ConnectFailureCode, string> = {
  consent_refused: 'somebody said no at Attio; begin again',
  state_unknown: 'the address was not ours, or was opened long ago; begin again',
  state_expired: 'more than ten minutes passed at Attio; begin again',
  state_used: 'the address was opened twice; begin again',
  other_browser: 'it was begun in another browser, or cookies are blocked',
  code_rejected: 'Attio did not take its own code; begin again, and if it stays the client id, secret or redirect URI is wrong',
  token_inactive: 'the app was removed from the workspace meanwhile; begin again',
  missing_permission: 'the app may not make webhooks: its `webhook:read-write` is missing',
  workspace_taken: 'another organisation has connected this workspace, and must disconnect it first',
  workspace_ending: 'the workspace is being disconnected or erased; begin again once that is done',
  attio_unavailable: 'Attio did not answer, or was too busy; begin again in a minute',
  attio_error: 'Attio refused something unforeseen; the log of the server says what',
  internal_error: 'something failed on our side; the log of the server says what',
}

export const attioCallback = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/callback',
  tag: 'Attio',
  role: 'public',
  summary: 'Where Attio sends the browser back to',
  description: `Always answers with a redirect to the integration page: \`?connected=<connection id>\` or \`?error=<code>\`:\n\n${connectFailureCodes.map(code => `- \`${code}\`: ${explanations[code]}.`).join('\n')}`,
  query: callbackQuery,
  reply: { status: 303, description: 'To the integration page.', headers: { location: 'Its address.' } },
  async handler({ query, request, response }, context) {
    const browser = readBrowserCookie(request, context.urls.api)
    const result = await finish(query, browser, requestIdOf(response), context)
    clearBrowserCookie(response, context.urls.api)
    // A workspace that is connected again is refreshed: that was asked for with it.
    if (result.outcome === 'connected') void context.hint('runs', result.connectionId)
    const outcome = new URLSearchParams(result.outcome === 'connected' ? { connected: result.connectionId } : { error: result.code })
    return { body: undefined, headers: { location: `${context.urls.frontend}/integrations/attio?${outcome}` } }
  },
})

async function finish(
  query: z.output<typeof callbackQuery>,
  browser: string,
  requestId: string | null,
  { spendState, tenantOf, connector }: ApiContext,
): Promise<ConnectOutcome> {
  if (!query.state) return { outcome: 'failed', code: 'state_unknown' }
  const spent = await spendState(hashSecret(query.state), hashSecret(browser))
  if (spent.outcome !== 'ok') return { outcome: 'failed', code: stateFailures[spent.outcome] }
  if (query.error || !query.code) return { outcome: 'failed', code: query.error === 'access_denied' ? 'consent_refused' : 'code_rejected' }
  return await connector.connect({ code: query.code, store: tenantOf(spent.owner.organizationId), userId: spent.owner.userId, requestId })
}
