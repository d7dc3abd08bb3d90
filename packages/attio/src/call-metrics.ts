import { type Meter, ValueType } from '@opentelemetry/api'
import type { ResponseInfo } from './transport.ts'

/** Of OpenTelemetry's semantic conventions for HTTP: seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/**
 * Measures calls to Attio as `http.client.request.duration` (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/): give it as `onResponse` to
 * whatever calls. Addresses are templates, so an id is never in a metric. A call that was not answered has no status and says why by `error.type`.
 */
export function createCallMetrics(meter: Meter): (info: ResponseInfo) => void {
  const duration = meter.createHistogram('http.client.request.duration', {
    description: 'How long calls to Attio took',
    unit: 's',
    valueType: ValueType.DOUBLE,
    advice: { explicitBucketBoundaries: buckets },
  })
  return ({ endpoint, serverAddress, status, durationMs, error }) => {
    const [method = '', template = ''] = endpoint.split(' ')
    duration.record(durationMs / 1000, {
      'http.request.method': method,
      'server.address': serverAddress,
      'url.template': template,
      ...(status === null ? {} : { 'http.response.status_code': status }),
      ...(error?.kind === 'unavailable' && status === null ? { 'error.type': error.reason } : {}),
    })
  }
}
