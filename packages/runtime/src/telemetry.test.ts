import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { createLogger } from './logger.ts'
import { pushesMetrics, sendsTraces } from './telemetry.ts'
import { currentTrace, untraced } from './tracing.ts'

describe('what is sent, by the environment', () => {
  const endpoint = 'http://collector:4318'
  test.each([
    ['nothing is named', {}, false, false],
    ['an endpoint for all', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, true, true],
    ['an endpoint for traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint }, true, false],
    ['an endpoint for metrics', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint }, false, true],
    ['metrics are not wanted', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_METRICS_EXPORTER: 'none' }, true, false],
    ['traces are not wanted', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_EXPORTER: ' none ' }, false, true],
    ['an exporter is named and no endpoint', { OTEL_TRACES_EXPORTER: 'otlp' }, true, false],
    ['metrics are only to be scraped', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_METRICS_EXPORTER: 'prometheus' }, true, false],
    ['an empty exporter is none named', { OTEL_TRACES_EXPORTER: '', OTEL_METRICS_EXPORTER: ',' }, false, false],
    [
      'all is switched off',
      { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'TRUE' },
      false,
      false,
    ],
  ])('%s', (_, env, traces, metrics) => {
    expect([sendsTraces(env), pushesMetrics(env)]).toEqual([traces, metrics])
  })
})

describe('inside a span', () => {
  const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED }
  const inside = <T>(flags: TraceFlags, work: () => T): T =>
    context.with(trace.setSpanContext(ROOT_CONTEXT, { ...span, traceFlags: flags }), work)

  beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
  afterAll(() => context.disable())

  test('its place is told by a traceparent, where it is recorded', () => {
    expect(inside(TraceFlags.SAMPLED, currentTrace)).toBe(`00-${span.traceId}-${span.spanId}-01`)
    expect(inside(TraceFlags.NONE, currentTrace)).toBeNull()
    expect(currentTrace()).toBeNull()
    expect(inside(TraceFlags.SAMPLED, () => untraced(currentTrace))).toBeNull()
  })

  test('a line of the log names the trace, and outside of one it does not', () => {
    const destination = new PassThrough()
    const log = createLogger({ service: 'test', level: 'info', destination })
    inside(TraceFlags.SAMPLED, () => log.info('inside'))
    log.info('outside')
    const lines = String(destination.read())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>)
    expect(lines[0]).toMatchObject({ msg: 'inside', trace_id: span.traceId, span_id: span.spanId })
    expect(lines[1]).not.toHaveProperty('trace_id')
  })
})
