import express, { type Response } from 'express'
import { type Listener, listen } from './http-server.ts'
import type { Metrics } from './metrics.ts'

/** One thing that was looked at. `detail` is shown to whoever can reach the admin port: no secrets, no ids. */
export type Check = { name: string; ok: boolean; detail?: string }

export type AdminServerOptions = {
  port: number
  host: string
  /** May this process get traffic? Asks its dependencies; bounded to 2 s here. */
  readiness(): Promise<Check[]>
  /** Should this process be restarted? Must not depend on anything outside it. */
  liveness(): Check[]
  /** True from the moment the process was told to stop. */
  draining(): boolean
  metrics: Pick<Metrics, 'handler'>
}

const readinessTimeoutMs = 2_000

/** Serves /livez, /readyz and /metrics on a port of their own, which no ingress routes to. */
export async function createAdminServer(options: AdminServerOptions): Promise<Listener> {
  const app = express().disable('x-powered-by').disable('etag')
  app.get('/livez', (_request, response) => answer(response, options.liveness()))
  app.get('/readyz', async (_request, response) => {
    const draining: Check = { name: 'accepting', ok: !options.draining() }
    answer(response, [draining, ...(draining.ok ? await bounded(options.readiness) : [])])
  })
  app.get('/metrics', (request, response) => options.metrics.handler(request, response))
  app.use((_request, response) => {
    response.status(404).json({ code: 'not_found', detail: 'The admin port serves /livez, /readyz and /metrics.' })
  })
  return await listen(app, options)
}

function answer(response: Response, checks: Check[]): void {
  const ok = checks.every(check => check.ok)
  response
    .status(ok ? 200 : 503)
    .set('cache-control', 'no-store')
    .json({ ok, checks })
}

async function bounded(readiness: () => Promise<Check[]>): Promise<Check[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check[]>(resolve => {
    const detail = `no answer within ${readinessTimeoutMs} ms`
    timer = setTimeout(() => resolve([{ name: 'readiness', ok: false, detail }]), readinessTimeoutMs)
  })
  try {
    return await Promise.race([readiness(), late])
  } catch {
    return [{ name: 'readiness', ok: false, detail: 'the check itself failed' }]
  } finally {
    clearTimeout(timer)
  }
}
