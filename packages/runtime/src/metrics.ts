import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Meter } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'

export type Metrics = {
  /** Where a part makes its counters, histograms and gauges. */
  meter: Meter
  /** Answers with all of them in Prometheus's text format. */
  handler(request: IncomingMessage, response: ServerResponse): void
}

/** Metrics of one service, read over HTTP by whoever asks; nothing is pushed and no server is started. */
export function createMetrics(service: string): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true, withoutTargetInfo: true })
  const provider = new MeterProvider({ readers: [exporter] })
  return {
    meter: provider.getMeter(service),
    handler: (request, response) => exporter.getMetricsRequestHandler(request, response),
  }
}
