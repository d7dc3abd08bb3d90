import { getNumberFromEnv, getStringFromEnv } from '@opentelemetry/core'
import { type MetricReader, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics'

/** Pushes metrics as OTEL_EXPORTER_OTLP_* and OTEL_METRIC_EXPORT_* say, by default each minute. Where and with which headers, the exporter reads itself. */
export async function createMetricPush(): Promise<MetricReader> {
  const intervalMs = getNumberFromEnv('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000
  const timeoutMs = getNumberFromEnv('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000
  return new PeriodicExportingMetricReader({
    exporter: await createExporter(),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
  })
}

async function createExporter(): Promise<PushMetricExporter> {
  const protocol = getStringFromEnv('OTEL_EXPORTER_OTLP_METRICS_PROTOCOL') ?? getStringFromEnv('OTEL_EXPORTER_OTLP_PROTOCOL') ?? ''
  switch (protocol.trim()) {
    case 'grpc':
      return new (await import('@opentelemetry/exporter-metrics-otlp-grpc')).OTLPMetricExporter()
    case 'http/json':
      return new (await import('@opentelemetry/exporter-metrics-otlp-http')).OTLPMetricExporter()
    default:
      return new (await import('@opentelemetry/exporter-metrics-otlp-proto')).OTLPMetricExporter()
  }
}
