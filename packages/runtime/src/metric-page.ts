import type { ServerResponse } from 'node:http'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics'

/** How Prometheus writes units at the end of a name; what counts things in braces has none. */
const words: Readonly<Record<string, string>> = { s: 'seconds', ms: 'milliseconds', By: 'bytes' }

/** The page that Prometheus reads: `reader` belongs into the provider of the metrics. */
export function createMetricPage() {
  const reader = new PrometheusExporter({ preventServerStart: true })
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true)
  return {
    reader,
    async answer(response: ServerResponse): Promise<void> {
      try {
        const { resourceMetrics } = await reader.collect()
        const page = serializer.serialize(withUnits(resourceMetrics))
        response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(page)
      } catch (error) {
        response.statusCode = 500
        response
          .setHeader('content-type', 'text/plain')
          .end(`The metrics could not be read (${error instanceof Error ? error.name : 'unknown fault'}).\n`)
      }
    },
  }
}

/**
 * Names with their units, as the specification asks for (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1) and
 * as a collector names what is pushed; the exporter leaves them out.
 */
function withUnits(metrics: ResourceMetrics): ResourceMetrics {
  const named = (metric: MetricData): MetricData => {
    const { name, unit } = metric.descriptor
    const word = words[unit]
    if (word === undefined || name.endsWith(word)) return metric
    return { ...metric, descriptor: { ...metric.descriptor, name: `${name}.${word}` } }
  }
  return { ...metrics, scopeMetrics: metrics.scopeMetrics.map(scope => ({ ...scope, metrics: scope.metrics.map(named) })) }
}
