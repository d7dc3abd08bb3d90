import { randomBytes } from 'node:crypto'
import { type Request, type Response, Router, urlencoded } from 'express'
import { z } from 'zod'
import { interveneInRequest } from '../faults/http-faults.ts'
import type { SimulatorSettings } from '../options.ts'
import { consentPage, problemPage } from './consent-page.ts'
import type { ServeDependencies } from './serve.ts'
import { identify } from './v2/self.ts'

const request = z.object({
  client_id: z.string(),
  response_type: z.literal('code'),
  redirect_uri: z.url(),
  state: z.string().optional(),
})
export type AuthorizeRequest = z.output<typeof request>

const decision = request.extend({ workspace: z.string(), decision: z.enum(['allow', 'deny']) })
const exchange = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  redirect_uri: z.string().optional(),
})

/** Assumed: how long a code may wait for its exchange. */
const codeLifetime = 10 * 60_000

/** What is on app.attio.com: the consent page, the code-for-token exchange and introspection. Codes work once. */
export function oauthRoutes(settings: SimulatorSettings, dependencies: ServeDependencies): Router {
  const { world, tokens, faults } = dependencies
  const router = Router()
  const codes = new Map<string, { workspaceId: string; memberId: string; redirectUri: string; expires: number }>()
  const form = urlencoded({ extended: false })

  const allowed = (uri: string) => {
    if (settings.redirectUris !== undefined) return settings.redirectUris.includes(uri)
    const { protocol, hostname } = new URL(uri)
    return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1')
  }

  /** What is wrong with a request to authorize; null if nothing. Such a request is never redirected anywhere. */
  const problem = (parsed: AuthorizeRequest | undefined): string | null => {
    if (parsed === undefined) return 'The request needs client_id, response_type=code and redirect_uri.'
    if (parsed.client_id !== settings.clientId) return 'No app has this client_id.'
    return allowed(parsed.redirect_uri) ? null : 'This redirect_uri is not one of those configured for the app.'
  }

  router.get('/authorize', (request_: Request, response: Response) => {
    const parsed = request.safeParse(request_.query)
    const wrong = problem(parsed.data)
    if (wrong !== null || parsed.data === undefined)
      response
        .status(400)
        .type('html')
        .send(problemPage(wrong ?? ''))
    else response.type('html').send(consentPage(parsed.data, world.workspaces))
  })

  router.post('/authorize', form, (request_: Request, response: Response) => {
    const parsed = decision.safeParse(request_.body)
    const wrong = problem(parsed.data)
    const workspace = world.find(parsed.data?.workspace ?? '')
    const admin = workspace?.members.all().find(member => member.accessLevel === 'admin')
    if (wrong !== null || parsed.data === undefined || workspace === undefined || admin === undefined) {
      response
        .status(400)
        .type('html')
        .send(problemPage(wrong ?? 'Choose a workspace that has an admin, and allow or deny.'))
      return
    }
    const back = new URL(parsed.data.redirect_uri)
    if (parsed.data.decision === 'allow') {
      const code = randomBytes(24).toString('base64url')
      codes.set(code, {
        workspaceId: workspace.id,
        memberId: admin.id,
        redirectUri: parsed.data.redirect_uri,
        expires: world.clock() + codeLifetime,
      })
      back.searchParams.set('code', code)
    } else back.searchParams.set('error', 'access_denied')
    if (parsed.data.state !== undefined) back.searchParams.set('state', parsed.data.state)
    response.redirect(302, back.toString())
  })

  router.post('/oauth/token', form, async (request_: Request, response: Response) => {
    // There is no token yet that could be doubted, and a code is good for one try: only faults that name this path, and a slow or silent Attio.
    const switches = { ...faults.of(null), spurious_401: null, server_errors: null }
    if ((await interveneInRequest(switches, faults, request_, response, world.clock)) !== 'none') return

    const refuse = (status: number, error: string, description: string) =>
      void response.status(status).json({ error, error_description: description })
    const parsed = exchange.safeParse(request_.body)
    if (!parsed.success)
      return refuse(400, 'invalid_request', 'Send client_id, client_secret, grant_type=authorization_code and code, form-encoded.')
    const { client_id, client_secret, code, redirect_uri } = parsed.data
    if (client_id !== settings.clientId || client_secret !== settings.clientSecret)
      return refuse(401, 'invalid_client', 'Unknown client or wrong secret.')
    const granted = codes.get(code)
    codes.delete(code)
    if (granted === undefined || granted.expires < world.clock())
      return refuse(400, 'invalid_grant', 'The code is unknown, used or expired.')
    if (redirect_uri !== undefined && redirect_uri !== granted.redirectUri)
      return refuse(400, 'invalid_grant', 'The redirect_uri is not the one of the request.')
    const access_token = tokens.issue({
      workspaceId: granted.workspaceId,
      clientId: client_id,
      memberId: granted.memberId,
      scope: settings.scopes.join(' '),
      issuedAt: Math.floor(world.clock() / 1_000),
    })
    response.json({ access_token, token_type: 'Bearer' })
  })

  router.post('/oauth/introspect', identify(dependencies))
  return router
}
