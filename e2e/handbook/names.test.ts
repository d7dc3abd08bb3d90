import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { keysConfig, migrateConfig, retargetConfig, runConfig } from '../../packages/operations/src/config.ts'
import { runCommand } from '../../packages/operations/src/program.ts'
import { configSchema as coalescer } from '../../services/coalescer-worker/src/config.ts'
import { configSchema as frontend } from '../../services/frontend/src/config.ts'
import { configSchema as gateway } from '../../services/ingest-gateway/src/config.ts'
import { configSchema as resolver } from '../../services/resolver-worker/src/config.ts'
import { configSchema as api } from '../../services/timeline-api/src/config.ts'
import { chart } from '../chart/harness/chart-folder.ts'
import { metricsOfChart } from '../chart/harness/expressions.ts'
import { container, kubernetesObject } from '../chart/harness/objects.ts'
import { parsePromQl } from '../chart/harness/promql.ts'
import { faultsOf, kubernetesVersions } from '../chart/harness/validate.ts'
import { handbook, readPage, root } from './markdown.ts'

/* What the handbook names is there: commands, options, values, variables, metrics. Its SQL is run by sql.int.test.ts. */

const pages = [...handbook(), ...['README.md', 'charts/worksights-attio/README.md', 'docker/README.md'].map(readPage)]
const blocks = (language: string) => pages.flatMap(page => page.blocks.filter(block => block.language === language).map(({ text }) => text))
const code = pages.flatMap(page => page.code)

describe('worksights', () => {
  const help = async (...command: string[]) => {
    let out = ''
    const ask = null
    await runCommand([...command, '--help'], { env: {}, out: text => (out += text), err: text => (out += text), ask })
    return out
  }
  const named = [...code, ...blocks('sh')].flatMap(text =>
    [...text.matchAll(/^worksights ([a-z]+)((?: (?:--[a-z-]+|<\w+>|…))*)/gm)].map(([, name = '', options = '']) => ({
      name,
      options: [...options.matchAll(/--[a-z-]+/g)].map(([option]) => option),
    })),
  )

  test('knows every command that is named, with its options', async () => {
    expect(named.length).toBeGreaterThan(10)
    for (const { name, options } of named) {
      const text = await help(name)
      expect([name, text.includes(`Usage: worksights ${name} `)]).toEqual([name, true])
      expect(options.filter(option => !text.includes(option))).toEqual([])
    }
  })

  test('has no command and no option of its own that the table of commands leaves out', async () => {
    const table = readFileSync(join(root, 'docs/operations/commands.md'), 'utf8')
    const commands = [...(await help()).matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name)
    expect(commands.length).toBeGreaterThan(5)
    for (const name of commands) {
      const row = table.split('\n').find(line => line.startsWith(`| \`${name}`)) ?? ''
      const options = [...(await help(name)).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option)
      const own = options.filter(option => !['--json', '--help'].includes(option))
      expect([name, own.filter(option => !row.includes(option))]).toEqual([name, []])
      expect([name, row !== '']).toEqual([name, true])
    }
  })
})

test('every variable a service reads is in the table of variables, and the table has no other', () => {
  const known = new Set([gateway, resolver, coalescer, api, frontend].flatMap(schema => Object.keys(schema.shape)))
  const text = readFileSync(join(root, 'docs/operations/configuration.md'), 'utf8')
  const rows = text.split('\n').filter(line => line.startsWith('| `'))
  const told = new Set(rows.flatMap(row => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name)))
  expect([...known].filter(name => !told.has(name))).toEqual([])
  expect([...told].filter(name => !known.has(name))).toEqual([])
})

test('every value of the chart that is named is there', () => {
  const values: unknown = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'))
  const components = ['ingestGateway', 'resolverWorker', 'coalescerWorker', 'timelineApi', 'frontend']
  const sections = z.record(z.string(), z.unknown()).parse(values)
  const named = code.filter(
    text => /^[a-zA-Z]+(\.[a-zA-Z]+)+$/.test(text) && (text.split('.')[0] ?? '') in sections && !text.endsWith('.localhost'),
  )
  expect(named.length).toBeGreaterThan(20)
  const has = (path: string[]) => path.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), values) !== undefined
  const exists = (text: string) => {
    const [first = '', ...rest] = text.split('.')
    return has([first, ...rest]) || (components.includes(first) && has(['defaults', ...rest]))
  }
  expect(named.filter(text => !exists(text))).toEqual([])
})

test('every expression is PromQL and asks for metrics that alerts or the dashboard ask for too', () => {
  const known = metricsOfChart()
  const expressions = pages.flatMap(page => page.blocks.filter(({ language }) => language === 'promql').map(({ text }) => text))
  expect(expressions.length).toBeGreaterThan(5)
  for (const expression of expressions) {
    const query = parsePromQl(expression)
    expect([expression, query.ok]).toEqual([expression, true])
    if (query.ok) expect(query.metrics.filter(metric => !known.includes(metric))).toEqual([])
  }
})

test('every script of npm that is named is there', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const texts = [...code, ...blocks('sh'), ...blocks('')]
  const named = texts.flatMap(text => [...text.matchAll(/\bnpm run (?:-s )?([a-z]+)/g)].map(([, name = '']) => name))
  expect(named.length).toBeGreaterThan(2)
  expect(named.filter(name => !(name in scripts))).toEqual([])
})

describe('objects to apply', () => {
  const objects = blocks('yaml').map(text => kubernetesObject.parse(parse(text)))

  test.each(kubernetesVersions)('hold nothing that Kubernetes %s refuses or drops', version => {
    expect(objects.length).toBeGreaterThan(0)
    expect(objects.flatMap(object => faultsOf(object, version))).toEqual([])
  })

  test('give a command all that it needs, and nothing it does not know', () => {
    const given = objects.flatMap(({ spec }) =>
      z
        .object({ containers: z.array(container) })
        .parse(spec)
        .containers.flatMap(({ env }) => env.map(({ name }) => name)),
    )
    const known = new Set([migrateConfig, keysConfig, runConfig, retargetConfig].flatMap(schema => Object.keys(schema.shape)))
    const needed = [keysConfig, runConfig, retargetConfig].flatMap(schema =>
      Object.entries(schema.shape).flatMap(([name, field]) => (field.safeParse(undefined).success ? [] : [name])),
    )
    expect(given.filter(name => !known.has(name))).toEqual([])
    expect(needed.filter(name => !given.includes(name))).toEqual([])
  })
})

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
