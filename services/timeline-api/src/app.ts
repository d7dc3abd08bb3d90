import { createCallMetrics } from '@worksights/attio'
import { createAttioConnector } from '@worksights/connections'
import { createTenants, type Database, spendExportTicket, spendOauthState } from '@worksights/database'
import {
  type Clock,
  httpMetrics,
  type KeyRing,
  type Logger,
  type Metrics,
  noSuchRoute,
  problemHandler,
  requestIds,
} from '@worksights/runtime'
import cors from 'cors'
import express, { type Express } from 'express'
import helmet from 'helmet'
import { issuersOf } from './auth/issuers.ts'
import { createAuthenticator } from './auth/principal.ts'
import type { Config } from './config.ts'
import type { ApiContext } from './context.ts'
import { exportsAtOnce } from './export/send.ts'
import type { Hint } from './hint.ts'
import { databaseDown } from './http/database-down.ts'
import { documentation } from './http/docs.ts'
import { mountRoutes } from './http/mount-routes.ts'
import { describeApi } from './http/openapi.ts'
import { knownProblems, problemsAddress } from './http/openapi-problems.ts'
import { problemPages } from './http/problem-pages.ts'
import { problemToPeople } from './http/problem-to-people.ts'
import { createRateLimits } from './http/rate-limits.ts'
import { createSlots } from './http/slots.ts'
import type { Replica } from './replica.ts'
import { routes } from './routes/index.ts'
import { streamsAtOnce } from './stream/client.ts'
import { createStreamHub, type StreamHub } from './stream/hub.ts'
import { createStreamInstruments } from './stream/instruments.ts'

export type TimelineApi = { app: Express; hub: StreamHub }

/** Builds the API of its parts. Whoever stops it closes the hub first: open streams would keep the server from closing. */
export function createTimelineApi(options: {
  config: Config
  database: Database
  replica?: Replica | undefined
  keyRing: KeyRing
  hint: Hint
  clock: Clock
  log: Logger
  meter: Metrics['meter']
}): TimelineApi {
  const { config, database, replica, keyRing, hint, clock, log, meter } = options
  const streams = createStreamInstruments(meter)
  const hub = createStreamHub({ executor: database.pool, log, onSent: streams.sent })
  streams.watch(() => hub.size)
  const connector = createAttioConnector({
    ...{ keyRing, clock, log, onResponse: createCallMetrics(meter) },
    attio: {
      appUrl: config.ATTIO_APP_URL,
      apiUrl: config.ATTIO_API_URL,
      clientId: config.ATTIO_CLIENT_ID,
      clientSecret: config.ATTIO_CLIENT_SECRET,
    },
    redirectUri: `${config.PUBLIC_API_URL}/v1/integrations/attio/callback`,
    gatewayUrl: config.PUBLIC_GATEWAY_URL,
  })
  // Half of the connections at the most, and one more than attempts to connect, each of which holds one while it works on another.
  const atPrimary = createTenants(database, { atOnce: Math.max(3, Math.ceil(config.DATABASE_POOL_MAX / 2)) })
  const tenantOf = replica?.reading(atPrimary, database) ?? atPrimary
  const authenticate = createAuthenticator({ issuers: issuersOf(config), database, tenantOf, clock, log })
  const context: ApiContext = {
    ...{ connector, hub, hint, clock, log, tenantOf },
    spendTicket: ticketHash => spendExportTicket(database.pool, ticketHash),
    exportSlots: createSlots(exportsAtOnce),
    streamSlots: createSlots(streamsAtOnce),
    spendState: (stateHash, browserHash) => spendOauthState(database.pool, stateHash, browserHash),
    urls: { api: config.PUBLIC_API_URL, frontend: config.PUBLIC_FRONTEND_URL },
    help: { contact: config.SUPPORT_CONTACT ?? null, setupGuideUrl: config.SETUP_GUIDE_URL ?? null },
  }

  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple').set('trust proxy', config.TRUST_PROXY)
  app.use(httpMetrics(meter))
  app.use(requestIds())
  app.use(helmet())
  app.use(
    cors({
      origin: new URL(config.PUBLIC_FRONTEND_URL).origin,
      // The cookie that binds an authorisation to its browser; nothing else is read from cookies.
      credentials: true,
      allowedHeaders: ['authorization', 'content-type', 'last-event-id', 'x-request-id'],
      exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'content-disposition'],
      maxAge: 600,
    }),
  )
  app.use(documentation(describeApi(routes, config.PUBLIC_API_URL)))
  app.use(problemPages(knownProblems(routes)))
  app.use(mountRoutes(routes, context, { authenticate, limits: createRateLimits(config) }))
  app.use(noSuchRoute())
  app.use(databaseDown())
  app.use(problemToPeople({ apiUrl: config.PUBLIC_API_URL, frontendUrl: config.PUBLIC_FRONTEND_URL }))
  app.use(problemHandler({ log, typeBase: problemsAddress(config.PUBLIC_API_URL) }))
  return { app, hub }
}
