import { z } from 'zod'
import { type Check, createAdminServer } from './admin-server.ts'
import { loadConfigOrExit } from './config.ts'
import { logLevel, port } from './config-fields.ts'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createShutdown } from './shutdown.ts'
import { stopTelemetry } from './telemetry.ts'
import { within } from './within.ts'

/** What every service reads beside its own variables. */
export const serviceConfig = z.object({
  LOG_LEVEL: logLevel,
  ADMIN_PORT: port.default(9090),
  ADMIN_HOST: z.string().default('0.0.0.0'),
})

/** Longer than any request or turn may take, shorter than the 30 s after which an orchestrator kills. */
const shutdownTimeoutMs = 25_000
/** For the last telemetry: a collector that is away is no reason to be slow to end, or to end badly. */
const telemetryTimeoutMs = 3_000

/**
 * What every service begins with: its configuration (or all its faults on stderr and exit 1), its log, its ordered end, its metrics. `serveAdmin` comes
 * last: once it listens the service counts as started, and it is the last to go.
 */
export function startService<Schema extends z.ZodObject<typeof serviceConfig.shape>>(name: string, schema: Schema) {
  const config = loadConfigOrExit(schema)
  const common: z.output<typeof serviceConfig> = config
  const log = createLogger({ service: name, level: common.LOG_LEVEL })
  const shutdown = createShutdown({ log, timeoutMs: shutdownTimeoutMs })
  const metrics = createMetrics(name, { ofProcess: true })
  return {
    config,
    log,
    meter: metrics.meter,
    /** Says on stderr why the service will not start, as an operator can act on it, and exits 1. */
    refuse(reason: unknown): never {
      process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
      process.exit(1)
    },
    onShutdown: shutdown.onShutdown,
    /** Gives the port in use. */
    async serveAdmin(probes: { readiness(): Promise<Check[]>; liveness(): Check[] }): Promise<number> {
      const admin = await createAdminServer({
        ...probes,
        port: common.ADMIN_PORT,
        host: common.ADMIN_HOST,
        draining: () => shutdown.draining,
        metrics,
      })
      shutdown.onShutdown('close admin server', () => admin.close())
      shutdown.onShutdown('send telemetry', async () => {
        const sent = Promise.all([metrics.close(), stopTelemetry()])
        await within(sent, telemetryTimeoutMs, 'The collector did not take it in time.').catch(error =>
          log.warn({ err: error }, 'the last telemetry could not be sent'),
        )
      })
      return admin.port
    },
  }
}
