import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { expressionsOfChart, metricsOfChart } from '../chart/harness/expressions.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { exercise, scrapeAll, scrapeUntil } from './exercise.ts'
import { type Metric, seriesOf } from './exposition.ts'
import { readTable, rowsOf } from './table.ts'

let stack: RunningStack
let scrapes: Map<string, Map<string, Metric>>

beforeAll(async () => {
  stack = await startWholeStack()
  await exercise(stack)
  scrapes = await scrapeUntil(stack, told => metricsOfChart().every(metric => isTold(told, metric)))
}, 180_000)
afterAll(async () => {
  await stack?.stop()
}, 60_000)

const all = (told: typeof scrapes) => [...told.values()].flatMap(metrics => [...metrics.values()])
const isTold = (told: typeof scrapes, series: string) =>
  ofOthers.test(series) || all(told).some(metric => seriesOf(metric).includes(series))
/** Told by Prometheus itself or by Kubernetes. */
const ofOthers = /^(up$|kube_|container_)/
/** What Prometheus and the chart's monitors add to each series. */
const ofScrapes = new Set(['namespace', 'job', 'pod', 'instance', 'le'])

test('every metric that alerts and dashboard ask for is told by the running services', () => {
  expect(metricsOfChart().length).toBeGreaterThan(20)
  expect(metricsOfChart().filter(metric => !isTold(scrapes, metric))).toEqual([])
})

test('every label they choose by is one of that metric', () => {
  const unknown = expressionsOfChart().flatMap(({ where, expr }) =>
    [...expr.matchAll(/([a-z_][a-z0-9_]*)\{([^}]*)\}/g)].flatMap(([, series = '', selectors = '']) => {
      if (ofOthers.test(series)) return []
      const metric = all(scrapes).filter(one => seriesOf(one).includes(series))
      const labels = new Set(metric.flatMap(one => [...one.labels]))
      const asked = [...selectors.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].flatMap(([, label]) => label ?? [])
      return asked.filter(label => !labels.has(label) && !ofScrapes.has(label)).map(label => `${where}: ${series} has no ${label}`)
    }),
  )
  expect(unknown).toEqual([])
})

test('docs/metrics.md tells of every metric, and of no other (made by: node e2e/metrics/make.ts)', async () => {
  const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
  const told = readTable(page)
  const found = rowsOf(scrapes)
  const core = (rows: typeof found) => rows.map(({ name, type, services, help }) => ({ name, type, services, help }))
  expect(core(found)).toEqual(core(told))
  // A label that only faults bring is seen on some days.
  for (const row of found) expect(told.find(({ name }) => name === row.name)?.labels).toEqual(expect.arrayContaining(row.labels))
})

test('whatever is asked, no series is added: neither by addresses, methods and hosts nor by what is posted', async () => {
  const { urls } = stack.info
  const ask = async (n: number) => {
    const odd = `odd-${n}`
    await fetch(`${urls.gateway}/webhooks/attio/${odd}-${'x'.repeat(30)}`, {
      method: 'POST',
      body: odd,
      headers: { 'idempotency-key': odd },
    })
    await fetch(`${urls.gateway}/${odd}`)
    await fetch(`${urls.api}/v1/${odd}?q=${odd}`, { headers: { 'x-request-id': odd, 'user-agent': odd } })
    await fetch(`${urls.frontend}/${odd}`)
    await fetch(`${urls.api}/v1/timeline`, { method: 'PROPFIND' }).catch(() => {})
  }
  const asked = ['ingest-gateway', 'timeline-api', 'frontend']
  const count = async () =>
    Object.fromEntries(
      [...(await scrapeAll(stack))].flatMap(([service, metrics]) =>
        // What Node holds open comes and goes.
        [...metrics.values()].flatMap(({ name, series }) =>
          asked.includes(service) && !/^(v8js_|nodejs_)/.test(name) ? [[`${service} ${name}`, series]] : [],
        ),
      ),
    )
  await ask(0)
  const before = await count()
  expect(Object.keys(before).length).toBeGreaterThan(20)
  await Promise.all(Array.from({ length: 40 }, (_, n) => ask(n + 1)))
  expect(await count()).toEqual(before)
})
