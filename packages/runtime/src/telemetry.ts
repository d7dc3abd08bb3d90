import type { MetricReader } from '@opentelemetry/sdk-metrics'
import { systemClock } from './clock.ts'
import { createLogLimit } from './log-limit.ts'
import { createLogger, type Logger } from './logger.ts'

/*
 * Traces and pushed metrics, by the standard OTEL_* variables. It must begin before the libraries it watches are loaded, so each service has a telemetry.ts that is given to
 * `node --import`. Where no exporter is named, nothing of the SDK is loaded: it would cost memory and time at the start.
 */

/** Whether traces are sent somewhere: an exporter is named, or an endpoint to which the default one sends. Without either nothing is sent to localhost. */
export function sendsTraces(env: NodeJS.ProcessEnv): boolean {
  return isOn(env, env.OTEL_TRACES_EXPORTER, ['otlp', 'console'], env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
}

/** Whether metrics are pushed as well as served on /metrics. */
export function pushesMetrics(env: NodeJS.ProcessEnv): boolean {
  return isOn(env, env.OTEL_METRICS_EXPORTER, ['otlp'], env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT)
}

function isOn(env: NodeJS.ProcessEnv, exporters: string | undefined, known: readonly string[], endpoint: string | undefined): boolean {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false
  const named = (exporters ?? '').split(',').map(name => name.trim())
  if (named.some(name => name !== '')) return known.some(name => named.includes(name))
  return Boolean(endpoint || env.OTEL_EXPORTER_OTLP_ENDPOINT)
}

let stop: () => Promise<void> = async () => {}
let tracing = false
let push: MetricReader | undefined

/** Whether {@link startTelemetry} has begun to record spans in this process. */
export const isTracing = (): boolean => tracing

/** What pushes metrics, once: for the one provider of metrics of this process. */
export function takeMetricPush(): MetricReader | undefined {
  const taken = push
  push = undefined
  return taken
}

/** Sends what is recorded and not sent yet. For the end of a process; bounded by the exporter's own time-out. */
export const stopTelemetry = (): Promise<void> => stop()

/**
 * Begins telemetry as the environment says; resolves when the libraries of a service may be loaded. What cannot be sent is logged once a minute and stops
 * nothing, and neither do settings that telemetry cannot begin with.
 */
export async function startTelemetry(service: string): Promise<void> {
  const traces = sendsTraces(process.env)
  const metrics = pushesMetrics(process.env)
  if (!traces && !metrics) return
  const log = createLogger({ service, level: 'warn' })
  await logFaultsOfTelemetry(log)
  try {
    if (metrics) push = await (await import('./metric-push.ts')).createMetricPush()
    if (traces && !tracing) {
      stop = (await import('./spans.ts')).startSpans(service)
      tracing = true
    }
  } catch (error) {
    log.error({ err: error }, 'telemetry could not begin: look at the variables OTEL_*; the service goes on without')
  }
}

/** What the SDK has to say goes to the log: without this an endpoint that is away is not noticed by anybody. */
async function logFaultsOfTelemetry(log: Logger): Promise<void> {
  const { diag, DiagLogLevel } = await import('@opentelemetry/api')
  const limit = createLogLimit({ everyMs: 60_000, clock: systemClock })
  const quiet = () => {}
  const tell = (message: string, ...details: unknown[]) => {
    const err = details.find(detail => detail instanceof Error)
    limit(heldBack =>
      log.warn({ ...(err ? { err } : {}), problem: message.slice(0, 500), heldBack }, 'telemetry has a problem; the service goes on'),
    )
  }
  diag.setLogger(
    { error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}
