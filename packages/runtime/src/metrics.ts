import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Meter } from '@opentelemetry/api'
import { HostMetricsInstrumentation } from '@opentelemetry/instrumentation-host-metrics'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { createMetricPage } from './metric-page.ts'
import { describeProcess } from './resource.ts'
import { takeMetricPush } from './telemetry.ts'

export type Metrics = {
  /** Where a part makes its counters, histograms and gauges. */
  meter: Meter
  /** Answers with all of them in Prometheus's text format. */
  handler(request: IncomingMessage, response: ServerResponse): void
  /** Pushes what is not pushed yet, where metrics are pushed. */
  close(): Promise<void>
}

/**
 * Metrics of one service, read over HTTP by whoever asks, and pushed where the environment says so (telemetry.ts). No server is started. `ofProcess` adds those of
 * Node and of the process, which are to be told once a process.
 */
export function createMetrics(service: string, options: { ofProcess?: boolean } = {}): Metrics {
  const page = createMetricPage()
  const push = takeMetricPush()
  const provider = new MeterProvider({ resource: describeProcess(service), readers: push ? [page.reader, push] : [page.reader] })
  const ofProcess = options.ofProcess ? observeProcess(provider) : undefined
  return {
    meter: provider.getMeter(service),
    handler: (_request, response) => void page.answer(response),
    async close() {
      ofProcess?.stop()
      await push?.shutdown()
    },
  }
}

/** CPU, memory, event loop and garbage collection, by OpenTelemetry's names. */
function observeProcess(provider: MeterProvider): { stop(): void } {
  const parts = [new HostMetricsInstrumentation({ metricGroups: ['process.cpu', 'process.memory'] }), new RuntimeNodeInstrumentation()]
  for (const part of parts) part.setMeterProvider(provider)
  return {
    stop() {
      for (const part of parts) part.disable()
    },
  }
}
