import { randomBytes } from 'node:crypto'
import { type RequestHandler, type Response, Router } from 'express'
import helmet from 'helmet'
import type { Config } from './config.ts'

/** Where the identity provider leads back to. */
const signInReturn = '/sign-in/callback'
/** The one that the app opens in a hidden frame, to renew a sign-in in silence. Nobody else frames it, and nobody any other. */
const silentRenewal = '/sign-in/silent'

const neverAskedFor = [
  ...['accelerometer', 'browsing-topics', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi'],
  ...['payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb', 'xr-spatial-tracking'],
]

/** Every header by which a browser is told what the app may do. */
export function securityHeaders(config: Config): Router {
  const permissions = neverAskedFor.map(feature => `${feature}=()`).join(', ')
  const secure = config.PUBLIC_FRONTEND_URL.startsWith('https:')
  const router = Router()
  router.use(
    helmet({
      contentSecurityPolicy: false,
      xFrameOptions: false,
      crossOriginOpenerPolicy: false,
      // Not for the hosts below this one, which may be others'.
      strictTransportSecurity: secure && { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    }),
  )
  router.use(contentPolicy(config), (request, response, next) => {
    response.set('permissions-policy', permissions)
    response.set('x-frame-options', request.path === silentRenewal ? 'SAMEORIGIN' : 'DENY')
    // Signing in happens in a window of its own where the page is to stay. It goes to the provider and comes back to a page of ours, which must
    // still know who opened it: any value but this would part the two on the way back.
    response.set('cross-origin-opener-policy', request.path === signInReturn ? 'unsafe-none' : 'same-origin-allow-popups')
    next()
  })
  return router
}

function contentPolicy(config: Config): RequestHandler {
  const api = new URL(config.PUBLIC_API_URL).origin
  const identity = [new URL(config.OIDC_ISSUER).origin, ...config.OIDC_CONNECT_ORIGINS]
  return (request, response, next) => {
    const nonce = randomBytes(16).toString('base64')
    response.locals.nonce = nonce
    const policy = helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library writes style elements as it draws.
        styleSrc: ["'self'", `'nonce-${nonce}'`],
        // Pictures of members are on hosts that Attio chooses.
        imgSrc: ["'self'", 'data:', 'https:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", api, ...identity],
        // A silent renewal goes to the provider and comes back to a page of ours.
        frameSrc: ["'self'", ...identity],
        frameAncestors: [request.path === silentRenewal ? "'self'" : "'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        // Text becomes markup only through the app's one policy, which passes no element.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['default'],
      },
    })
    policy(request, response, next)
  }
}

/** What the style elements of this answer must carry. */
export function nonceOf(response: Response): string {
  return String(response.locals.nonce)
}
