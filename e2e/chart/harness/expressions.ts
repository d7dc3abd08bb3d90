import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { chart } from './chart-folder.ts'
import { parsePromQl } from './promql.ts'

const ruleFile = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.union([z.object({ alert: z.string(), expr: z.coerce.string() }), z.object({ record: z.string(), expr: z.coerce.string() })]),
      ),
    }),
  ),
})

export type Expression = { where: string; expr: string; records: string | null }

/** Every PromQL expression of the chart's alerts and dashboard, with the place it stands at. */
export function expressionsOfChart(): Expression[] {
  const rules = ruleFile.parse(parse(readFileSync(join(chart, 'files/alerts.yaml'), 'utf8')))
  const alerts = rules.groups.flatMap(group =>
    group.rules.map(rule => ({
      where: `alerts.yaml: ${'alert' in rule ? rule.alert : rule.record}`,
      expr: rule.expr,
      records: 'record' in rule ? rule.record : null,
    })),
  )
  const dashboard: unknown = JSON.parse(readFileSync(join(chart, 'files/dashboard.json'), 'utf8'))
  return [...alerts, ...exprsWithin(dashboard, 'dashboard.json').map(found => ({ ...found, records: null }))]
}

/** The metrics that alerts and dashboard ask the services for: what a scrape of the running system must hold. Recorded series are left out. */
export function metricsOfChart(): string[] {
  const expressions = expressionsOfChart()
  const recorded = new Set(expressions.map(({ records }) => records))
  const metrics = expressions.flatMap(({ expr }) => {
    const query = parsePromQl(expr)
    return query.ok ? query.metrics : []
  })
  return [...new Set(metrics)].filter(metric => !recorded.has(metric)).sort()
}

function exprsWithin(value: unknown, where: string): { where: string; expr: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => exprsWithin(item, `${where}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const title = 'title' in value && typeof value.title === 'string' ? `${where} "${value.title}"` : where
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'expr' && typeof item === 'string' ? [{ where: title, expr: item }] : exprsWithin(item, title),
  )
}
