import { merge, type Values } from './render.ts'

/** The least an installation says. */
export const minimal: Values = {
  image: { registry: 'registry.example.com/crm' },
  publicUrls: { gateway: 'https://hooks.example.com', api: 'https://api.example.com', frontend: 'https://app.example.com' },
  database: { existingSecret: 'the-database' },
  queue: { existingSecret: 'the-queue' },
  encryption: { existingSecret: 'the-keys' },
  attio: { existingSecret: 'the-attio-app' },
  oidc: { issuer: 'https://login.example.com', audience: 'https://api.example.com', frontend: { clientId: 'worksights-web' } },
}

const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })

/** Policies with a peer for everything. */
export const policies: Values = {
  networkPolicy: {
    enabled: true,
    ingressController: { from: [namespace('ingress')] },
    monitoring: { from: [namespace('monitoring')] },
    database: { to: [{ ipBlock: { cidr: '10.1.0.5/32' } }] },
    queue: { to: [{ ipBlock: { cidr: '10.1.0.6/32' } }] },
    telemetry: { to: [namespace('telemetry')] },
  },
}

/** Each switch of the chart and its positions. */
export const switches: Record<string, Record<string, Values>> = {
  exposure: {
    none: {},
    ingress: { ingress: { enabled: true, className: 'nginx', api: { tlsSecret: 'tls' } } },
    httpRoute: { httpRoute: { enabled: true, parentRefs: [{ name: 'public', namespace: 'gateways' }] } },
  },
  networkPolicy: { off: {}, on: policies },
  scaling: {
    none: {},
    hpa: Object.fromEntries(
      ['ingestGateway', 'timelineApi', 'resolverWorker', 'coalescerWorker'].map(block => [block, { autoscaling: { enabled: true } }]),
    ),
    keda: {
      keda: { enabled: true, prometheus: { serverAddress: 'http://prometheus.monitoring.svc:9090' } },
      monitoring: { serviceMonitor: { enabled: true } },
    },
    kedaSignedIn: {
      keda: {
        enabled: true,
        prometheus: { serverAddress: 'https://prometheus.example.com', authentication: { name: 'prometheus', modes: 'bearer' } },
      },
      monitoring: { serviceMonitor: { enabled: true } },
    },
  },
  queue: { redis: {}, cluster: { queue: { redisCluster: true } }, postgres: { queue: { kind: 'postgres' } } },
  ca: {
    none: {},
    secret: { database: { ca: { existingSecret: 'the-ca' } }, queue: { ca: { existingSecret: 'the-ca' } } },
    configMap: { database: { ca: { configMap: 'the-ca' } }, queue: { ca: { configMap: 'the-ca' } } },
  },
  readReplica: { off: {}, on: { database: { readReplica: { enabled: true } } } },
  monitoring: {
    off: {},
    on: {
      monitoring: {
        serviceMonitor: { enabled: true },
        podMonitor: { enabled: true },
        prometheusRule: { enabled: true, alertLabels: { team: 'crm' } },
        dashboards: { enabled: true },
      },
    },
  },
  telemetry: {
    off: {},
    on: { telemetry: { otlp: { endpoint: 'http://collector.telemetry.svc:4318', headers: { existingSecret: 'the-collector' } } } },
  },
  pullSecrets: { none: {}, one: { image: { pullSecrets: ['the-registry'] } } },
  operatorWebhook: { off: {}, on: { operatorWebhook: { existingSecret: 'the-operator' } } },
}

/** Rows that hold every pair of positions of any two switches, made greedily; a handful where all combinations were thousands. */
export function pairwise(all: Record<string, Record<string, Values>> = switches): { title: string; values: Values }[] {
  const names = Object.keys(all)
  const positions = names.map(name => Object.keys(all[name] ?? {}))
  const open = new Set<string>()
  const pair = (a: number, x: string, b: number, y: string) => (a < b ? `${a}=${x} ${b}=${y}` : `${b}=${y} ${a}=${x}`)
  for (const [a, own] of positions.entries()) {
    for (const [b, others] of positions.entries()) {
      if (b > a) for (const x of own) for (const y of others) open.add(pair(a, x, b, y))
    }
  }
  const rows: string[][] = []
  while (open.size > 0) {
    const seed = [...open][0]?.split(' ').map(part => part.split('=')) ?? []
    const row: (string | undefined)[] = names.map((_, index) => seed.find(([at]) => Number(at) === index)?.[1])
    names.forEach((_, index) => {
      if (row[index] !== undefined) return
      const gains = (position: string) =>
        row.filter((other, at) => other !== undefined && open.has(pair(index, position, at, other))).length
      row[index] = [...(positions[index] ?? [])].sort((a, b) => gains(b) - gains(a))[0]
    })
    const whole = row.map(position => position ?? '')
    whole.forEach((x, a) => {
      whole.slice(a + 1).forEach((y, offset) => {
        open.delete(pair(a, x, a + 1 + offset, y))
      })
    })
    rows.push(whole)
  }
  return rows.map(row => ({
    title: row.map((position, index) => `${names[index]} ${position}`).join(', '),
    values: merge(minimal, ...row.map((position, index) => all[names[index] ?? '']?.[position] ?? {})),
  }))
}
