import { z } from 'zod/mini'

/** Where the provider leads back to. */
export const paths = { callback: '/sign-in/callback', silent: '/sign-in/silent', signedOut: '/signed-out' } as const

// `//host` and `/\host` are other hosts to a browser.
const own = z.object({ returnTo: z.string().check(z.regex(/^\/(?![/\\])/)) })

/** Where to go on after signing in, by what was kept of the attempt: a path of this app, whatever stands there. */
export function returnPath(kept: unknown): string {
  const { data } = own.safeParse(kept)
  return data && !data.returnTo.startsWith('/sign-in/') && data.returnTo !== paths.signedOut ? data.returnTo : '/'
}

/** The path of the page that is open, with its filters. */
export function here(): string {
  return location.pathname + location.search
}
