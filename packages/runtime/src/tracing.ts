import {
  type Attributes,
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'

/*
 * A delivery carries the trace of its POST through the database, as queues cannot: one hint stands for many deliveries, and the sweeper finds what no hint told
 * of. Whoever works on a delivery adds its span to that trace.
 */

const w3c = new W3CTraceContextPropagator()
const name = 'worksights'

/** The `traceparent` (https://www.w3.org/TR/trace-context/) of the span under way, where it is recorded; else null. 55 characters. */
export function currentTrace(): string | null {
  const span = trace.getSpanContext(context.active())
  if (!span || (span.traceFlags & TraceFlags.SAMPLED) === 0) return null
  const carrier: Record<string, string> = {}
  w3c.inject(context.active(), carrier, defaultTextMapSetter)
  return carrier.traceparent ?? null
}

/** Says more of the span under way, where there is one. */
export function describeSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes)
}

/**
 * Adds a span that has just ended to a trace: `traceparent` as {@link currentTrace} gave it, or null for nothing to add. `startedAt` in ms since the epoch. What
 * is under way here, which served others as well, is linked.
 */
export function recordSpan(traceparent: string | null, span: { name: string; startedAt: number; attributes: Attributes }): void {
  if (traceparent === null) return
  const parent = w3c.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
  const own = trace.getSpanContext(context.active())
  trace
    .getTracer(name)
    .startSpan(
      span.name,
      { kind: SpanKind.CONSUMER, startTime: span.startedAt, attributes: span.attributes, links: own ? [{ context: own }] : [] },
      parent,
    )
    .end()
}

/** Does `work` outside of the trace under way: what goes on beyond the request or turn that happened to begin it. */
export function untraced<T>(work: () => T): T {
  return context.with(ROOT_CONTEXT, work)
}

/** What a line of the log says of the span it was written in. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const span = trace.getSpanContext(context.active())
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {}
}
