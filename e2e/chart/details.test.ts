import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { chart } from './harness/chart-folder.ts'
import { workloads } from './harness/objects.ts'
import { merge, render, type Values } from './harness/render.ts'
import { minimal, policies, switches } from './harness/values.ts'

const served = ['ingest-gateway', 'timeline-api', 'frontend']
const services = [...served, 'resolver-worker', 'coalescer-worker']
const find = async (kind: string, name: string, values: Values = minimal) =>
  (await render(values)).find(object => object.kind === kind && object.metadata.name === `ws-worksights-attio-${name}`)

describe('each Deployment', () => {
  test.each(services)('of %s asks its admin port by three probes, drains before it is killed and is spread', async name => {
    const probe = (path: string) => ({ httpGet: { path, port: 'admin' } })
    expect(await find('Deployment', name)).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template: {
          spec: {
            terminationGracePeriodSeconds: 40,
            enableServiceLinks: false,
            containers: [{ startupProbe: probe('/livez'), livenessProbe: probe('/livez'), readinessProbe: probe('/readyz') }],
            topologySpreadConstraints: [
              { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
              { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
            ],
          },
        },
      },
    })
  })

  test.each(services)('of %s may lose one pod at a time to a drain, sick ones always', async name => {
    expect(await find('PodDisruptionBudget', name)).toMatchObject({
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    })
  })

  test.each(served)('of %s goes on serving while it is taken out of the endpoints', async name => {
    expect(await find('Deployment', name)).toMatchObject({
      spec: { template: { spec: { containers: [{ lifecycle: { preStop: { sleep: { seconds: 5 } } } }] } } },
    })
  })

  test('starts new pods when its configuration changes, and only its own', async () => {
    const sums = async (values: Values) =>
      Object.fromEntries(workloads(await render(values)).map(({ component, annotations }) => [component, annotations['checksum/config']]))
    const before = await sums(minimal)
    const after = await sums(merge(minimal, { ingestGateway: { endpointRateLimit: 300 } }))
    expect(Object.keys(before).filter(name => before[name] !== after[name])).toEqual(['ingest-gateway'])
    expect(services.every(name => before[name])).toBe(true)
  })

  test('runs the image of its name at the release’s version, from the registry or the node', async () => {
    const images = async (values: Values) =>
      new Set(workloads(await render(values)).flatMap(({ spec }) => spec.containers.map(({ image }) => image)))
    const version = z.object({ appVersion: z.string() }).parse(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'))).appVersion
    const names = [...services, 'operations'].map(name => `worksights-attio-${name}:${version}`).sort()
    expect([...(await images(minimal))].sort()).toEqual(names.map(name => `registry.example.com/crm/${name}`))
    expect([...(await images(merge(minimal, { image: { registry: '' } })))].sort()).toEqual(names)
  })
})

test('pods of helm test outlive it, so that --logs can show what they found', async () => {
  const pods = (await render(minimal)).filter(({ kind }) => kind === 'Pod')
  expect(pods).toHaveLength(4)
  for (const { metadata } of pods) {
    expect(metadata).toMatchObject({ annotations: { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation' } })
  }
})

describe('the migration', () => {
  test('runs before pods are replaced, brings its own account and policy first, and keeps its log', async () => {
    const hook = (weight: string, deleted: string) => ({
      metadata: {
        annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': weight, 'helm.sh/hook-delete-policy': deleted },
      },
    })
    const values = merge(minimal, policies)
    expect(await find('Job', 'migrations', values)).toMatchObject({
      ...hook('0', 'before-hook-creation'),
      spec: { activeDeadlineSeconds: 270, template: { spec: { restartPolicy: 'Never', containers: [{ args: ['migrate'] }] } } },
    })
    for (const kind of ['ServiceAccount', 'NetworkPolicy']) {
      expect(await find(kind, 'migrations', values)).toMatchObject(hook('-10', 'before-hook-creation,hook-succeeded'))
    }
  })

  test('is left out where the operator runs it', async () => {
    const objects = await render(merge(minimal, { migrations: { mode: 'none' } }))
    expect(objects.filter(({ metadata }) => metadata.name.includes('migrations'))).toEqual([])
  })
})

describe('what the outside can ask for', () => {
  const paths = { 'ingest-gateway': ['/webhooks'], 'timeline-api': ['/v1', '/docs', '/openapi.json', '/problems'], frontend: ['/'] }
  const hosts = { 'ingest-gateway': 'hooks.example.com', 'timeline-api': 'api.example.com', frontend: 'app.example.com' }
  const backend = (name: string) => `ws-worksights-attio-${name}`

  test.each(served)('of %s is its host’s own paths, at its public port: Ingress', async name => {
    const key = name as keyof typeof paths
    expect(await find('Ingress', name, merge(minimal, switches.exposure?.ingress ?? {}))).toMatchObject({
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [hosts[key]] }],
        rules: [
          {
            host: hosts[key],
            http: {
              paths: paths[key].map(path => ({
                path,
                pathType: 'Prefix',
                backend: { service: { name: backend(name), port: { name: 'http' } } },
              })),
            },
          },
        ],
      },
    })
  })

  test.each(served)('of %s is its host’s own paths, at its public port: HTTPRoute', async name => {
    const key = name as keyof typeof paths
    expect(await find('HTTPRoute', name, merge(minimal, switches.exposure?.httpRoute ?? {}))).toMatchObject({
      spec: {
        parentRefs: [{ name: 'public', namespace: 'gateways' }],
        hostnames: [hosts[key]],
        rules: [
          { matches: paths[key].map(value => ({ path: { type: 'PathPrefix', value } })), backendRefs: [{ name: backend(name), port: 80 }] },
        ],
      },
    })
  })

  test('is never an admin port: the public Services have one port, which leads to 8080', async () => {
    for (const name of served) {
      expect(await find('Service', name)).toMatchObject({ spec: { ports: [{ name: 'http', port: 80, targetPort: 'http' }] } })
      expect(await find('Deployment', name)).toMatchObject({
        spec: {
          template: {
            spec: {
              containers: [
                {
                  ports: [
                    { name: 'http', containerPort: 8080 },
                    { name: 'admin', containerPort: 9090 },
                  ],
                },
              ],
            },
          },
        },
      })
    }
  })
})

test('the version of the chart and of the product are those of package.json', () => {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(chart, '../../package.json'), 'utf8')))
  expect(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'))).toMatchObject({ version, appVersion: version })
})

test('every value is used in a template', () => {
  const templates = readdirSync(join(chart, 'templates'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
  const names = new Set(keysOf(parse(readFileSync(join(chart, 'values.yaml'), 'utf8'))))
  expect(names.size).toBeGreaterThan(80)
  expect([...names].filter(name => !new RegExp(`[.\\s"(]${name}\\b`).test(templates))).toEqual([])
})

/** Names of values; maps that are handed on whole to Kubernetes end at their own name. */
function keysOf(value: unknown): string[] {
  const handedOn = [
    'resources',
    'podSecurityContext',
    'securityContext',
    'strategy',
    'behavior',
    'labels',
    'to',
    'startup',
    'liveness',
    'readiness',
  ]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, below]) => (handedOn.includes(key) ? [key] : [key, ...keysOf(below)]))
}
