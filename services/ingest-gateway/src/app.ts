import type { Database } from '@worksights/database'
import type { Queues } from '@worksights/queues'
import { type Clock, createLogLimit, httpMetrics, type KeyRing, type Logger, type Metrics } from '@worksights/runtime'
import express, { type ErrorRequestHandler, type Express, type Response } from 'express'
import { createAfterCommit } from './after-commit.ts'
import { createEndpoints } from './endpoints.ts'
import { createInstruments } from './instruments.ts'
import { linger } from './linger.ts'
import { type Outcome, statusOf } from './outcome.ts'
import { createRateLimit } from './rate-limit.ts'
import { receive } from './receive.ts'
import { createStore } from './store.ts'

export type GatewayOptions = {
  database: Database
  queues: Pick<Queues, 'hint'>
  keyRing: KeyRing
  clock: Clock
  log: Logger
  meter: Metrics['meter']
  endpointRateLimit: number
}

/** The public side of the gateway: one route, which trusts nothing but a valid signature. `settle` waits for what was accepted. */
export function createGateway(options: GatewayOptions): { app: Express; settle(): Promise<void> } {
  const { database, queues, keyRing, clock, log, meter } = options
  const instruments = createInstruments(meter)
  const afterCommit = createAfterCommit({ database, queues, clock, log, onHintLost: instruments.hintLost })
  const store = createStore({ database, clock, log, afterCommit })
  const endpoints = createEndpoints({ database, keyRing, clock, log })
  const allow = createRateLimit({ perSecond: options.endpointRateLimit, clock })
  const limit = createLogLimit({ everyMs: 1_000, clock })

  const app = express().disable('x-powered-by').disable('etag')
  app.use(httpMetrics(meter))
  app
    .route('/webhooks/attio/:endpointId')
    .post(async (request, response) => {
      const outcome = await receive({ endpoints, store, allow }, request.params.endpointId, request).catch((error): Outcome => {
        limit(heldBack => log.error({ err: error, heldBack }, 'a post could not be worked'))
        return 'unavailable'
      })
      instruments.received(outcome)
      // Nobody is there any more to hear an answer.
      if (outcome === 'aborted') return void response.destroy()
      answer(response, outcome)
      linger(request)
    })
    .all((_request, response) => {
      response.status(405).set('allow', 'POST').json({ code: 'method_not_allowed' })
    })
  app.use((_request, response) => {
    response.status(404).json({ code: 'not_found' })
  })
  // What Express itself cannot read (a path with a broken escape) names no endpoint of ours; its own answer would show a stack.
  app.use(((error, _request, response, _next) => {
    const unreadable = error instanceof URIError || (error instanceof Error && 'status' in error && error.status === 400)
    if (!unreadable) limit(heldBack => log.error({ err: error, heldBack }, 'a request could not be worked'))
    instruments.received(unreadable ? 'unknown_endpoint' : 'unavailable')
    if (response.headersSent) response.destroy()
    else response.status(unreadable ? 404 : 503).json({ code: unreadable ? 'not_found' : 'unavailable' })
  }) satisfies ErrorRequestHandler)
  return { app, settle: () => store.settle() }
}

function answer(response: Response, outcome: Outcome): void {
  response.status(statusOf[outcome])
  if (outcome === 'unavailable' || outcome === 'not_ready' || outcome === 'rate_limited') response.set('retry-after', '5')
  if (outcome === 'stored' || outcome === 'repeat') response.end()
  // Whether its webhook is only just being made is nobody's business outside.
  else response.json({ code: outcome === 'not_ready' ? 'unavailable' : outcome })
}
