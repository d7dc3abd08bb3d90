import { expect, test } from '@jest/globals'
import { type End, networkOf } from './harness/network.ts'
import { workloads } from './harness/objects.ts'
import { merge, render } from './harness/render.ts'
import { minimal, policies } from './harness/values.ts'

const outside: Record<string, End> = {
  'ingress controller': { labels: {}, namespace: 'ingress' },
  prometheus: { labels: {}, namespace: 'monitoring' },
  stranger: { labels: {}, namespace: 'default' },
  'stranger in the namespace': { labels: { app: 'other' }, namespace: 'crm' },
  collector: { labels: {}, namespace: 'telemetry' },
  dns: { labels: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' },
  postgres: { ip: '10.1.0.5' },
  redis: { ip: '10.1.0.6' },
  internet: { ip: '93.184.216.34' },
  'internet (IPv6)': { ip: '2606:2800:220:1::1' },
  'metadata service': { ip: '169.254.169.254' },
  'metadata service (IPv6)': { ip: 'fd00:ec2::254' },
  'private network': { ip: '192.168.1.1' },
}
const ports = [53, 80, 443, 4317, 4318, 5432, 6379, 8080, 9090, 22]

/** Every connection that may be made, as "from → to:port", of all pods with one another and with the outside, at all ports. */
async function flows(values: object): Promise<string[]> {
  const objects = await render(merge(minimal, policies, { ...values }))
  const pods = Object.fromEntries(workloads(objects).map(({ component, labels }) => [component, { labels, namespace: 'crm' }]))
  const network = networkOf(objects)
  const ends = { ...pods, ...outside }
  const found: string[] = []
  for (const [from, a] of Object.entries(ends)) {
    for (const [to, b] of Object.entries(ends)) {
      if (!(from in pods) && !(to in pods)) continue
      const open = ports.filter(port => network.allows(a, b, { port }))
      if (open.length > 0) found.push(`${from} → ${to}:${open.join(',')}`)
    }
  }
  return found.sort()
}

const database = (who: string[]) => who.map(one => `${one} → postgres:5432`)
const queue = (who: string[]) => who.map(one => `${one} → redis:6379`)
const names = (who: string[]) => who.map(one => `${one} → dns:53`)
const scraped = (who: string[]) => who.map(one => `prometheus → ${one}:9090`)
const internet = (who: string[]) => who.flatMap(one => [`${one} → internet:443`, `${one} → internet (IPv6):443`])
const backends = ['ingest-gateway', 'resolver-worker', 'coalescer-worker', 'timeline-api']
const served = ['ingest-gateway', 'timeline-api', 'frontend']

const base = [
  ...served.map(one => `ingress controller → ${one}:8080`),
  ...served.map(one => `tests → ${one}:8080`),
  ...scraped([...backends, 'frontend']),
  ...database([...backends, 'migrations', 'tests']),
  ...names([...backends, 'migrations', 'tests']),
  ...internet(['resolver-worker', 'timeline-api']),
]

test('with policies on, exactly these connections can be made, and no other', async () => {
  expect(await flows({})).toEqual([...base, ...queue([...backends, 'migrations', 'tests'])].sort())
})

test('with queues on PostgreSQL, nothing but Postgres is added to them', async () => {
  expect(await flows({ queue: { kind: 'postgres', existingSecret: 'the-queue' }, networkPolicy: { ...policyWithoutQueue() } })).toEqual(
    [...base].sort(),
  )
})

test('with telemetry, every service reaches the collector, and nothing more', async () => {
  const more = [...backends, 'frontend'].map(one => `${one} → collector:4317,4318`)
  const found = await flows({ telemetry: { otlp: { endpoint: 'http://collector.telemetry.svc:4318' } } })
  expect(found).toEqual([...base, ...queue([...backends, 'migrations', 'tests']), ...more, ...names(['frontend'])].sort())
})

test('without helm’s test pods, nothing of the cluster but ingress controller and Prometheus reaches a pod', async () => {
  const found = await flows({ tests: { enabled: false } })
  expect(found.filter(flow => /tests/.test(flow))).toEqual([])
})

test('with policies off, there is none', async () => {
  expect((await render(minimal)).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([])
})

function policyWithoutQueue() {
  return { ...(policies.networkPolicy as object), queue: { to: [] } }
}
