import { type Meter, ValueType } from '@opentelemetry/api'
import type { Request, RequestHandler } from 'express'

/** Of OpenTelemetry's semantic conventions for HTTP: seconds. */
const httpDurationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const methods = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE'])

/** Stands for every address that no route has. */
const noRoute = 'unmatched'

/** The template of the route that answered, never what stood in the address: whoever asks for made-up addresses makes no new series. */
function matchedRoute(request: Request): string {
  const path: unknown = request.route?.path
  return typeof path === 'string' ? path : noRoute
}

/**
 * Measures every request as `http.server.request.duration` (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/). To be used before everything
 * else. `routeOf` names the route of what is not served by routes; its names must be of a fixed set. A request whose sender left before it was answered
 * has no status.
 */
export function httpMetrics(meter: Meter, routeOf: (request: Request) => string = matchedRoute): RequestHandler {
  const duration = meter.createHistogram('http.server.request.duration', {
    description: 'How long requests took, from their head until their answer was sent',
    unit: 's',
    valueType: ValueType.DOUBLE,
    advice: { explicitBucketBoundaries: httpDurationBuckets },
  })
  return (request, response, next) => {
    const started = performance.now()
    response.once('close', () => {
      duration.record((performance.now() - started) / 1000, {
        'http.request.method': methods.has(request.method) ? request.method : '_OTHER',
        'http.route': routeOf(request),
        ...(response.headersSent ? { 'http.response.status_code': response.statusCode } : {}),
      })
    })
    next()
  }
}
