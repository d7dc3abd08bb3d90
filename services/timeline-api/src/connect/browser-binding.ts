import { createHash, randomBytes } from 'node:crypto'
import { oauthStateLifetimeSeconds } from '@worksights/database'
import { parseCookie } from 'cookie'
import type { Request, Response } from 'express'

/*
 * An authorisation belongs to the browser it was begun in: `authorize` leaves a random cookie, the callback must bring it back. Otherwise somebody
 * could send a colleague to the callback with his own code and have the colleague's organisation connected to his workspace.
 */

/** 256 random bits, as text that fits a URL and a cookie. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret: enough to know it again. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

const isHttps = (apiUrl: string) => apiUrl.startsWith('https://')
// `__Host-` cannot be set by a neighbour on another subdomain; it needs https, which a laptop's loopback address has not.
const cookieName = (apiUrl: string) => (isHttps(apiUrl) ? '__Host-worksights-connect' : 'worksights-connect')

export function setBrowserCookie(response: Response, apiUrl: string, secret: string): void {
  response.cookie(cookieName(apiUrl), secret, {
    httpOnly: true,
    secure: isHttps(apiUrl),
    sameSite: 'lax',
    path: '/',
    maxAge: oauthStateLifetimeSeconds * 1000,
  })
}

export function clearBrowserCookie(response: Response, apiUrl: string): void {
  response.clearCookie(cookieName(apiUrl), { httpOnly: true, secure: isHttps(apiUrl), sameSite: 'lax', path: '/' })
}

/** The secret the browser brought, or an empty one that no state is bound to. */
export function readBrowserCookie(request: Request, apiUrl: string): string {
  return parseCookie(request.get('cookie') ?? '')[cookieName(apiUrl)] ?? ''
}
