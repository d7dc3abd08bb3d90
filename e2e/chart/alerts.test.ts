import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { chart } from './harness/chart-folder.ts'
import { parsePromQl } from './harness/promql.ts'

/* What holds of the alerts and of their promtool tests without promtool; `node e2e/chart/alerts/promtool.ts` runs those. */

const folder = fileURLToPath(new URL('alerts/', import.meta.url))
const rule = z.object({ alert: z.string().optional(), record: z.string().optional(), expr: z.coerce.string() })
const { groups } = z
  .object({ groups: z.array(z.object({ name: z.string(), interval: z.string().optional(), rules: z.array(rule) })) })
  .parse(parse(readFileSync(join(chart, 'files/alerts.yaml'), 'utf8')))
const rules = groups.flatMap(group => group.rules)
const alerts = rules.flatMap(({ alert }) => alert ?? [])

const expectation = z.strictObject({
  eval_time: z.string(),
  expr: z.string(),
  exp_samples: z.array(z.strictObject({ labels: z.string(), value: z.number() })),
})
const testFile = z.strictObject({
  rule_files: z.array(z.string()),
  evaluation_interval: z.string(),
  group_eval_order: z.array(z.string()).default([]),
  tests: z.array(
    z.strictObject({
      name: z.string(),
      interval: z.string(),
      input_series: z.array(z.strictObject({ series: z.string(), values: z.string() })),
      promql_expr_test: z.array(expectation),
      alert_rule_test: z.array(z.looseObject({ alertname: z.string() })).default([]),
    }),
  ),
})
const files = readdirSync(folder)
  .filter(name => name.endsWith('.test.yaml'))
  .map(name => ({ name, ...testFile.parse(parse(readFileSync(join(folder, name), 'utf8'))) }))
const tests = files.flatMap(file => file.tests)
const expectations = tests.flatMap(one => one.promql_expr_test)
const minutes = (duration: string) => Number(/^(\d+)m$/.exec(duration)?.[1] ?? Number(/^(\d+)s$/.exec(duration)?.[1]) / 60)

/** Names of alerts an expression of a test is about. */
const aboutOf = (expr: string) => /ALERTS\{alertname=~?"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? []

test('what is recorded is recorded well within the five minutes in which a sample is found', () => {
  const recording = groups.filter(group => group.rules.some(({ record }) => record))
  expect(recording.length).toBeGreaterThan(2)
  expect(recording.filter(({ interval }) => !(minutes(interval ?? '') <= 2)).map(({ name }) => name)).toEqual([])
})

describe('promtool tests', () => {
  test.each(alerts)('say when %s fires, and when it does not', alert => {
    const about = expectations.filter(({ expr }) => aboutOf(expr).includes(alert))
    expect(about.some(({ exp_samples }) => exp_samples.length > 0)).toBe(true)
    expect(about.some(({ exp_samples }) => exp_samples.length === 0)).toBe(true)
  })

  test('name only alerts and groups that are there', () => {
    expect(tests.flatMap(one => one.alert_rule_test.map(({ alertname }) => alertname)).filter(name => !alerts.includes(name))).toEqual([])
    expect(expectations.flatMap(({ expr }) => aboutOf(expr)).filter(name => !alerts.includes(name))).toEqual([])
    const names = groups.map(({ name }) => name)
    expect(files.flatMap(file => file.group_eval_order).filter(name => !names.includes(name))).toEqual([])
  })

  test('feed series that the rules ask for: a name that is none would keep any alert silent', () => {
    const known = new Set(rules.flatMap(({ expr }) => (parsed => (parsed.ok ? parsed.metrics : []))(parsePromQl(expr))))
    const fed = tests.flatMap(one => one.input_series.map(({ series }) => series))
    expect(fed.filter(series => !parsePromQl(series).ok)).toEqual([])
    expect(fed.filter(series => !known.has(series.replace(/\{.*/, '')))).toEqual([])
  })

  test('hold expressions that are PromQL, and the rules of the chart', () => {
    expect(expectations.filter(({ expr }) => !parsePromQl(expr).ok)).toEqual([])
    for (const { name, rule_files } of files) {
      expect([name, rule_files.map(file => join(folder, file))]).toEqual([name, [join(chart, 'files/alerts.yaml')]])
    }
  })
})
