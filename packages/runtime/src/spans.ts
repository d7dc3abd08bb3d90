import { register } from 'import-in-the-middle/register-hooks.mjs'

// Before anything else is loaded, as only what is loaded after it can be watched. All of it would cost twice the memory.
register({ include: ['express', 'pg', 'ioredis'] })

const { ExpressInstrumentation, ExpressLayerType } = await import('@opentelemetry/instrumentation-express')
const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http')
const { IORedisInstrumentation } = await import('@opentelemetry/instrumentation-ioredis')
const { PgInstrumentation } = await import('@opentelemetry/instrumentation-pg')
const { NodeSDK } = await import('@opentelemetry/sdk-node')
const { describeProcess } = await import('./resource.ts')

/**
 * Records spans of HTTP, Express, Postgres and Redis and sends them as OTEL_* say; gives what sends the rest and ends it. Spans hold no paths, query strings,
 * values of headers or parameters of statements: an address can hold a code, a ticket or the address of somebody's webhook.
 */
export function startSpans(service: string): () => Promise<void> {
  const sdk = new NodeSDK({
    resource: describeProcess(service),
    autoDetectResources: false,
    // Metrics have a provider of their own (metrics.ts), and logs go to stdout.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = '' }) => /^\/(livez|readyz|metrics)$/.test(url),
        startIncomingSpanHook: () => ({ 'url.path': undefined, 'url.query': undefined }),
        startOutgoingSpanHook: ({ protocol, hostname, host, port }) => ({
          'url.full': `${protocol ?? 'http:'}//${hostname ?? host ?? 'localhost'}${port ? `:${port}` : ''}`,
        }),
      }),
      // For the name of the route alone: a span for each layer says nothing more.
      new ExpressInstrumentation({ ignoreLayersType: Object.values(ExpressLayerType) }),
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
      new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: command => command }),
    ],
  })
  sdk.start()
  return () => sdk.shutdown()
}
