import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/*
 * What OpenTelemetry is sent to: OTLP over HTTP with JSON bodies (https://opentelemetry.io/docs/specs/otlp/#otlphttp). It takes all and keeps all.
 */

const value = z.object({ stringValue: z.string(), intValue: z.union([z.string(), z.number()]), boolValue: z.boolean() }).partial()
const attributes = z.array(z.object({ key: z.string(), value: z.looseObject(value.shape) })).default([])
const resource = z.object({ attributes })
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource,
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.looseObject({ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), name: z.string(), attributes }),
          ),
        }),
      ),
    }),
  ),
})
const metrics = z.object({
  resourceMetrics: z.array(
    z.object({ resource, scopeMetrics: z.array(z.object({ metrics: z.array(z.looseObject({ name: z.string() })) })) }),
  ),
})

export type Span = {
  service: string
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  name: string
  attributes: Record<string, unknown>
}

export type Collector = {
  url: string
  spans: Span[]
  /** Names of metrics that were pushed, by service. */
  metrics: Map<string, Set<string>>
  /** Bodies as they came. */
  bodies: string[]
  close(): Promise<void>
}

export async function startCollector(): Promise<Collector> {
  const spans: Span[] = []
  const pushed = new Map<string, Set<string>>()
  const bodies: string[] = []
  const take = (path: string, body: string): void => {
    bodies.push(body)
    if (path === '/v1/traces') {
      for (const one of traces.parse(JSON.parse(body)).resourceSpans) {
        for (const span of one.scopeSpans.flatMap(scope => scope.spans)) {
          const { traceId, spanId, parentSpanId, name } = span
          spans.push({ service: serviceOf(one.resource), traceId, spanId, parentSpanId, name, attributes: plain(span.attributes) })
        }
      }
    } else {
      for (const one of metrics.parse(JSON.parse(body)).resourceMetrics) {
        const names = pushed.get(serviceOf(one.resource)) ?? new Set()
        for (const metric of one.scopeMetrics.flatMap(scope => scope.metrics)) names.add(metric.name)
        pushed.set(serviceOf(one.resource), names)
      }
    }
  }
  const server = createServer(async (request, response) => {
    try {
      take(request.url ?? '', await textOf(request))
      response.setHeader('content-type', 'application/json').end('{}')
    } catch (error) {
      response.statusCode = 400
      response.end(String(error))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    metrics: pushed,
    bodies,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function plain(given: z.infer<typeof attributes>): Record<string, unknown> {
  return Object.fromEntries(given.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue ?? value]))
}

function serviceOf(of: z.infer<typeof resource>): string {
  return String(plain(of.attributes)['service.name'])
}
