import type { Ledger } from './ledger.ts'
import { beginnings, type Latency, latencies, posts, type Span } from './verdict.ts'

export type Findings = {
  ledger: Ledger
  /** When each line was first seen. */
  seen: ReadonlyMap<string, number>
  spans: readonly Span[]
  /** Pods whose container ended and was started again by itself, which nobody asked for. */
  restarted: readonly string[]
}

/** The figures of a run, in lines. */
export function reportOf({ ledger, seen, spans, restarted }: Findings): string {
  const { sent, stored, lines } = ledger
  const retried = sent.filter(({ attempts }) => attempts.length > 1).length
  const repeats = stored.reduce((sum, delivery) => sum + delivery.repeats, 0)
  const events = stored.reduce((sum, delivery) => sum + delivery.events.length, 0)
  const took = latencies(beginnings(ledger), seen, spans)
  return [
    `${sent.length} deliveries sent, ${retried} more than once; ${stored.length} stored, ${repeats} repeats; ${events} events in ${lines.length} lines`,
    'From the POST that was answered 2xx to the line in GET /v1/timeline, asked through a port-forward that breaks with its pod:',
    ...spans.map(span => `  ${span.name.padEnd(33)}${shown(took.get(span.name))}   ${refusals(ledger, span)}`),
    `Containers that ended by themselves: ${restarted.length === 0 ? 'none' : restarted.join(', ')}`,
  ].join('\n')
}

function shown(latency: Latency | undefined): string {
  if (latency === undefined) return 'no line began'
  const ms = (value: number) => `${value.toFixed(0)} ms`
  return `p50 ${ms(latency.p50)}   p99 ${ms(latency.p99)}   max ${ms(latency.max)}`
}

function refusals({ sent }: Ledger, span: Span): string {
  const { all, refused } = posts(sent, span)
  const causes = [...refused].map(([why, count]) => `${count} × ${why}`)
  return `${all} POSTs, ${causes.length === 0 ? 'all answered 2xx' : `not answered 2xx: ${causes.join(', ')}`}`
}
