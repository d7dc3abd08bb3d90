import { asProblem } from './problem.ts'

/** Gets an access token: the one at hand, or, when the API refused that one, a new one. Null: there is nobody signed in. */
export type GetToken = (why: { refused: boolean }) => string | null | Promise<string | null>

export type Send = (request: Request) => Promise<Response>

/**
 * Sends requests with a token each. An answer of 401 is asked for once more with a new token; when that is refused too, or there is none, `onSignedOut` is
 * told and the 401 stands.
 */
export function createSend(options: { getToken: GetToken; onSignedOut?: (() => void) | undefined; fetch?: Send | undefined }): Send {
  const send = options.fetch ?? (request => fetch(request))

  async function withToken(request: Request, refused: boolean): Promise<Response | null> {
    const token = await options.getToken({ refused })
    if (token === null) return null
    request.headers.set('authorization', `Bearer ${token}`)
    return await send(request)
  }

  return async request => {
    // A body can be sent once; this one is for the second time.
    const again = request.clone()
    const first = await withToken(request, false)
    if (first && first.status !== 401) return asProblem(first)
    const second = await withToken(again, true)
    if (second && second.status !== 401) return asProblem(second)
    options.onSignedOut?.()
    return asProblem(second ?? first ?? signedOut())
  }
}

function signedOut(): Response {
  const problem = { type: 'about:blank', title: 'Sign in first', status: 401, code: 'unauthenticated', request_id: '' }
  const body = JSON.stringify({ ...problem, detail: 'Nobody is signed in, so nothing was asked.' })
  return new Response(body, { status: 401, headers: { 'content-type': 'application/problem+json' } })
}
