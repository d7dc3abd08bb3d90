import { parser } from '@prometheus-io/lezer-promql'

/** Grafana's own variables stand where PromQL wants a duration. */
const grafana = /\$__(rate_interval|interval|range)\b|\$\{__(rate_interval|interval|range)\}/g

export type Query = { ok: true; metrics: string[] } | { ok: false; at: string }

/** Parses an expression: the metrics it asks for, or the place that is no PromQL. */
export function parsePromQl(expression: string): Query {
  const text = expression.replace(grafana, '5m')
  const metrics = new Set<string>()
  let fault: string | null = null
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) fault ??= text.slice(Math.max(0, node.from - 20), node.to + 20)
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') metrics.add(text.slice(node.from, node.to))
    },
  })
  return fault === null && text.trim() !== '' ? { ok: true, metrics: [...metrics] } : { ok: false, at: fault ?? '(empty)' }
}
