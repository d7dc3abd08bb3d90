import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { handbook, readPage } from '../handbook/markdown.ts'
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

test('each scheduled task of the resolver is in the table of what stands still without it, and no other', () => {
  const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const table = /\| task \|[\s\S]*?\n\n/.exec(text)?.[0] ?? ''
  const told = table.split('\n').flatMap(row => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, task]) => task))
  const schedule = readFileSync(new URL('../../services/resolver-worker/src/schedule/schedule.ts', import.meta.url), 'utf8')
  const run = [...schedule.matchAll(/\b(?:every|repeat)\(\w+, '([a-z-]+)'/g)].map(([, task]) => task)
  expect(run.length).toBeGreaterThan(5)
  expect(told.toSorted()).toEqual(run.toSorted())
})

test('every object of the release that the handbook names is made by the chart, and every component', async () => {
  const values = merge(minimal, { keda: switches.scaling?.keda?.keda ?? {} }, switches.monitoring?.on ?? {})
  const objects = await render(values, { release: 'worksights', namespace: 'worksights' })
  const kinds: Record<string, string> = { deployment: 'Deployment', job: 'Job' }
  const text = handbook()
    .flatMap(({ blocks, code }) => [...blocks.map(block => block.text), ...code])
    .join('\n')
  const named = [...text.matchAll(/\b(deployment|job)\/(worksights-[a-z-]+)/g)].map(([, kind = '', name = '']) => `${kinds[kind]} ${name}`)
  const made = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`))
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(name => !made.has(name))).toEqual([])
  const labels = new Set(
    objects.flatMap(({ metadata }) => [...JSON.stringify(metadata).matchAll(/component":"([a-z-]+)/g)].map(([, name]) => name)),
  )
  const components = [...text.matchAll(/kubernetes\.io\/component(?:=| in \()([a-z-]+(?:, [a-z-]+)*)/g)].flatMap(([, list = '']) =>
    list.split(', '),
  )
  expect(components.length).toBeGreaterThan(5)
  expect(components.filter(name => !labels.has(name))).toEqual([])
})
