import { z } from 'zod'
import { self } from './resources/self.ts'
import { type CallOptions, createTransport, type TransportOptions } from './transport.ts'

const TIMEOUT_MS = 10_000

type Hooks = Pick<TransportOptions, 'onResponse'>

/** Where to send the browser. Scopes are set on the app at Attio, not asked for here (https://docs.attio.com/docs/oauth/authorize). */
export function buildAuthorizeUrl(input: { appUrl: string; clientId: string; redirectUri: string; state: string }): string {
  const query = new URLSearchParams({
    client_id: input.clientId,
    response_type: 'code',
    redirect_uri: input.redirectUri,
    state: input.state,
  })
  return `${input.appUrl.replace(/\/+$/, '')}/authorize?${query}`
}

const tokenReply = z.object({ access_token: z.string().min(1) }).transform(reply => ({ accessToken: reply.access_token }))

/**
 * Exchanges the code for a token. Attio's tokens do not expire and have no refresh token
 * (https://docs.attio.com/docs/oauth/token). A code that is used or stale is `invalid_request`.
 */
export function exchangeCode(
  input: { appUrl: string; clientId: string; clientSecret: string; redirectUri: string; code: string } & Hooks,
  options?: CallOptions,
) {
  const send = createTransport({
    ...{ baseUrl: input.appUrl, headers: {}, timeoutMs: TIMEOUT_MS, onResponse: input.onResponse },
    secrets: [input.clientSecret, input.code],
  })
  const body = new URLSearchParams({
    client_id: input.clientId,
    client_secret: input.clientSecret,
    grant_type: 'authorization_code',
    code: input.code,
    redirect_uri: input.redirectUri,
  })
  return send({ method: 'POST', path: '/oauth/token', body, schema: tokenReply }, options)
}

/** What `self()` tells, asked at the authorisation server. */
export function introspect(input: { appUrl: string; token: string } & Hooks, options?: CallOptions) {
  const headers = { authorization: `Bearer ${input.token}` }
  const { appUrl: baseUrl, onResponse } = input
  const send = createTransport({ baseUrl, headers, secrets: [input.token], timeoutMs: TIMEOUT_MS, onResponse })
  return send({ method: 'POST', path: '/oauth/introspect', schema: self }, options)
}
