import { saveOauthState } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { z } from 'zod'
import { hashSecret, randomSecret, setBrowserCookie } from '../connect/browser-binding.ts'
import { defineRoute } from '../http/define-route.ts'

export const authorizeAttio = defineRoute({
  method: 'post',
  path: '/v1/integrations/attio/authorize',
  tag: 'Attio',
  role: 'admin',
  summary: 'Begin to connect an Attio workspace',
  description:
    'Send the browser to `authorize_url` within ten minutes. The answer sets a cookie that binds the attempt to this browser, so call it with credentials. Attio sends the browser back to the callback, and that on to the integration page.',
  reply: {
    status: 200,
    description: "The address of Attio's consent page.",
    schema: z.object({ authorize_url: z.url() }).meta({ id: 'AttioAuthorization' }),
    example: { authorize_url: 'https://app.attio.com/authorize?client_id=…&response_type=code&redirect_uri=…&state=…' },
  },
  problems: [{ status: 403, code: 'person_required', description: 'The token is a machine’s, or its e-mail is not verified.' }],
  async handler({ principal, tenant, response }, { connector, urls }) {
    if (!principal.user) {
      throw new Problem({
        status: 403,
        code: 'person_required',
        title: 'Only a person can connect a workspace',
        detail:
          'The access token names no person with a verified e-mail. Sign in as an admin; if you did, ask whoever runs the identity provider for the claims email and email_verified, or for the scopes openid and email.',
      })
    }
    const state = randomSecret()
    const browser = randomSecret()
    const attempt = { stateHash: hashSecret(state), browserHash: hashSecret(browser), userId: principal.user.id }
    await tenant.transaction(scope => saveOauthState(scope, attempt))
    setBrowserCookie(response, urls.api, browser)
    return { body: { authorize_url: connector.authorizeUrl(state) } }
  },
})
