/** What a page of metrics tells of one: `labels` are names of labels that any of its series has. */
export type Metric = { name: string; type: string; help: string; labels: Set<string>; series: number }

/** Endings of the series that Prometheus makes of one histogram. */
const parts = /_(bucket|sum|count)$/

/** Reads Prometheus's text format (https://prometheus.io/docs/instrumenting/exposition_formats/): what OpenTelemetry's exporter writes of it. Throws for another line. */
export function readExposition(text: string): Map<string, Metric> {
  const metrics = new Map<string, Metric>()
  const of = (name: string): Metric => {
    const known = metrics.get(name) ?? { name, type: 'untyped', help: '', labels: new Set<string>(), series: 0 }
    metrics.set(name, known)
    return known
  }
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# UNIT ')) continue
    const said = /^# (HELP|TYPE) (\w+) (.*)$/.exec(line)
    if (said?.[1] && said[2]) {
      of(said[2])[said[1] === 'HELP' ? 'help' : 'type'] = said[3] ?? ''
      continue
    }
    const [, series, labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (?:[-+0-9.eE]+|NaN|[-+]?Inf)$/.exec(line) ?? []
    if (series === undefined) throw new Error(`Not a line of metrics: ${line}`)
    const metric = of(metrics.has(series) ? series : series.replace(parts, ''))
    metric.series += 1
    for (const [, label] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) if (label !== undefined && label !== 'le') metric.labels.add(label)
  }
  return metrics
}

/** The series that a query may name of a metric. */
export function seriesOf({ name, type }: Metric): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]
}
