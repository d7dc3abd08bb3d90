import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { readPage } from '../handbook/markdown.ts'
import { chart } from './harness/chart-folder.ts'
import { merge, render } from './harness/render.ts'
import { minimal, switches } from './harness/values.ts'

const rule = z.object({ alert: z.string(), labels: z.object({ severity: z.string() }), annotations: z.object({ runbook_url: z.string() }) })
const ruleFile = z.object({ groups: z.array(z.object({ rules: z.array(z.unknown()) })) })
const alerts = alertsOf(parse(readFileSync(join(chart, 'files/alerts.yaml'), 'utf8')))
const page = readPage('docs/operations.md')

function alertsOf(value: unknown): z.output<typeof rule>[] {
  const rules = ruleFile.parse(value).groups.flatMap(group => group.rules)
  return rules.filter(one => typeof one === 'object' && one !== null && 'alert' in one).map(one => rule.parse(one))
}

test('each alert leads to the section of the handbook that has its name', () => {
  expect(alerts.length).toBeGreaterThan(10)
  const headings = new Map(page.headings.map(({ slug, text }) => [`#${slug}`, text]))
  expect(alerts.map(({ annotations }) => headings.get(annotations.runbook_url))).toEqual(alerts.map(({ alert }) => alert))
})

test('no section of the handbook is about an alert that is no more', () => {
  const about = page.headings.filter(({ text }) => /^WorkSights\w+$/.test(text)).map(({ text }) => text)
  expect(about).toEqual([...new Set(about)])
  expect(about.filter(name => !alerts.some(({ alert }) => alert === name))).toEqual([])
})

test('each section says how loud its alert is, how to look, and when it is harmless', () => {
  const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  for (const { alert, labels } of alerts) {
    const section = new RegExp(`^### ${alert}\\n\\n([\\s\\S]*?)(?=^##|(?![\\s\\S]))`, 'm').exec(text)?.[1] ?? ''
    expect([alert, section.startsWith(`*${labels.severity}.*`), /[Ll]ook|```|asked? /.test(section), section.includes('armless')]).toEqual([
      alert,
      true,
      true,
      true,
    ])
  }
})

test('an installed alert leads to the same section, below the address where the handbook is served', async () => {
  const base = 'https://handbook.example.com/operations'
  const values = merge(minimal, switches.monitoring?.on ?? {}, { monitoring: { prometheusRule: { runbookBaseUrl: base } } })
  const installed = (await render(values)).find(({ kind }) => kind === 'PrometheusRule')
  expect(alertsOf(installed?.spec).map(({ annotations }) => annotations.runbook_url)).toEqual(
    alerts.map(({ annotations }) => `${base}${annotations.runbook_url}`),
  )
})
