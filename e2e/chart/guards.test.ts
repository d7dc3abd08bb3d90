import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { chart } from './harness/chart-folder.ts'
import { merge, tryRender, type Values } from './harness/render.ts'
import { minimal, policies } from './harness/values.ts'

const keda = { enabled: true, prometheus: { serverAddress: 'http://prometheus:9090' } }
const without = (block: string, key: string): Values => ({ [block]: { [key]: '' } })

const guards: [words: string, values: Values][] = [
  ['image.tag is "latest"', { image: { tag: 'latest' } }],
  ...['gateway', 'api', 'frontend'].map((key): [string, Values] => [`publicUrls.${key} is not set`, without('publicUrls', key)]),
  ['publicUrls.gateway is no web address', { publicUrls: { gateway: 'hooks.example.com' } }],
  ['publicUrls.gateway is http://', { publicUrls: { gateway: 'http://hooks.example.com' } }],
  ['publicUrls.frontend has the path /app', { publicUrls: { frontend: 'https://app.example.com/app' } }],
  ['the route of the gateway has no Gateway', { httpRoute: { enabled: true } }],
  ...['database', 'queue', 'encryption', 'attio'].map((block): [string, Values] => [
    `${block}.existingSecret is not set`,
    without(block, 'existingSecret'),
  ]),
  ['database.ca names both a Secret and a ConfigMap', { database: { ca: { existingSecret: 'a', configMap: 'b' } } }],
  ['queue.ca names both a Secret and a ConfigMap', { queue: { ca: { existingSecret: 'a', configMap: 'b' } } }],
  ['queue.redisCluster is set with queue.kind postgres', { queue: { kind: 'postgres', redisCluster: true } }],
  ['database.keys.read is empty', { database: { readReplica: { enabled: true }, keys: { read: '' } } }],
  ['oidc.issuers is set beside', { oidc: { issuers: [{ issuer: 'https://a.example.com', audience: 'a' }] } }],
  ['oidc.issuer is not set', without('oidc', 'issuer')],
  ['oidc.audience is not set', without('oidc', 'audience')],
  [
    'oidc.frontend.issuer is not set',
    { oidc: { issuer: '', audience: '', issuers: [{ issuer: 'https://a.example.com', audience: 'a' }] } },
  ],
  ['oidc.frontend.clientId is not set', { oidc: { frontend: { clientId: '' } } }],
  ['keda.prometheus.serverAddress is empty', { keda: { enabled: true } }],
  ['keda.enabled and resolverWorker.autoscaling.enabled are both set', { keda, resolverWorker: { autoscaling: { enabled: true } } }],
  ['keda.enabled and coalescerWorker.autoscaling.enabled are both set', { keda, coalescerWorker: { autoscaling: { enabled: true } } }],
  ['timelineApi.autoscaling.minReplicas is above', { timelineApi: { autoscaling: { enabled: true, minReplicas: 11 } } }],
  ['resolverWorker.keda.minReplicas is above', { keda, resolverWorker: { keda: { minReplicas: 11 } } }],
  ['resolverWorker.autoscaling.minReplicas is above', { resolverWorker: { autoscaling: { enabled: true, minReplicas: 11 } } }],
  ['keda.fallback.replicas is above', { keda: { ...keda, fallback: { replicas: 11 } } }],
  ['networkPolicy.ingressController.from is empty', merge(policies, { networkPolicy: { ingressController: { from: [] } } })],
  ['networkPolicy.database.to is empty', merge(policies, { networkPolicy: { database: { to: [] } } })],
  ['networkPolicy.queue.to is empty', merge(policies, { networkPolicy: { queue: { to: [] } } })],
  [
    'networkPolicy.monitoring.from is empty',
    merge(policies, { networkPolicy: { monitoring: { from: [] } }, monitoring: { podMonitor: { enabled: true } } }),
  ],
  [
    'networkPolicy.telemetry.to is empty',
    merge(policies, { networkPolicy: { telemetry: { to: [] } }, telemetry: { otlp: { endpoint: 'http://collector:4318' } } }),
  ],
  ['terminationGracePeriodSeconds of timelineApi is 30', { timelineApi: { terminationGracePeriodSeconds: 30 } }],
]

test.each(guards)('values are refused, and told what to set: %s', async (words, values) => {
  const rendering = await tryRender(merge(minimal, values))
  expect(rendering).toMatchObject({ ok: false, message: expect.stringContaining(words) })
})

test('each guard of the chart is met by one of these values', async () => {
  const source = readFileSync(join(chart, 'templates/_guards.tpl'), 'utf8')
  const messages = [...source.matchAll(/^- "(.+)"$/gm)].map(([, message = '']) => message.replaceAll('\\"', '"'))
  expect(messages.length).toBeGreaterThan(20)
  const renderings = await Promise.all(guards.map(([, values]) => tryRender(merge(minimal, values))))
  const told = renderings.map(rendering => (rendering.ok ? '' : rendering.message)).join('\n')
  const asTold = (message: string) =>
    new RegExp(
      message
        .split(/\{\{.*?\}\}/)
        .map(escaped)
        .join('.*'),
    )
  expect(messages.filter(message => !asTold(message).test(told))).toEqual([])
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

test('faults are told all at once', async () => {
  const rendering = await tryRender({})
  expect(rendering).toMatchObject({ ok: false })
  for (const words of ['publicUrls.gateway', 'database.existingSecret', 'oidc.issuer', 'oidc.frontend.clientId']) {
    expect(rendering).toMatchObject({ message: expect.stringContaining(`${words} is not set`) })
  }
})

test('a cluster older than Kubernetes 1.30 is refused', async () => {
  expect(await tryRender(minimal, { kubernetes: '1.29.9' })).toMatchObject({ ok: false, message: expect.stringContaining('1.30') })
})

describe('the schema of the values', () => {
  test.each<[string, Values]>([
    ['an unknown key', { replicaCount: 2 }],
    ['an unknown key of a component', { timelineApi: { replica: 2 } }],
    ['an unknown key deep inside', { networkPolicy: { database: { form: [] } } }],
    ['text for a number', { ingestGateway: { replicas: '2' } }],
    ['a word that is no choice', { queue: { kind: 'kafka' } }],
    ['a word for a switch', { keda: { enabled: 'yes' } }],
    ['a password where a Secret is to be named', { database: { url: 'postgres://a:b@c/d' } }],
  ])('refuses %s', async (_, values) => {
    const rendering = await tryRender(merge(minimal, values))
    expect(rendering).toMatchObject({
      ok: false,
      message: expect.stringMatching(/values don't meet the specifications of the schema|schema/),
    })
  })

  test('is closed everywhere but in maps and in what Kubernetes takes as it is', () => {
    const schema: unknown = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'))
    const handedOn = ['/definitions/named', '/definitions/volumeMount']
    expect(openWithin(schema, '').filter(path => !handedOn.includes(path))).toEqual([])
  })
})

/** Objects of a schema that name their properties and would let others pass. */
function openWithin(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const isOpen = 'properties' in schema && 'type' in schema && schema.type === 'object' && !('additionalProperties' in schema)
  return [...(isOpen ? [path] : []), ...Object.entries(schema).flatMap(([key, below]) => openWithin(below, `${path}/${key}`))]
}
