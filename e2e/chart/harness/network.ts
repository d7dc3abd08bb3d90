import { BlockList, isIPv6 } from 'node:net'
import { z } from 'zod'
import { type KubernetesObject, ofKind } from './objects.ts'

// Which connections the NetworkPolicies of a rendering allow, by the rules of networking.k8s.io/v1: a pod that no policy selects for a direction is open in
// it; one that is selected may do what any of its policies allows; a connection between two pods needs both sides.

const labels = z.record(z.string(), z.string())
const selector = z.strictObject({
  matchLabels: labels.default({}),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
})
const peer = z.strictObject({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).default([]) }).optional(),
})
const ports = z
  .array(z.strictObject({ protocol: z.enum(['TCP', 'UDP']).default('TCP'), port: z.union([z.number(), z.string()]) }))
  .optional()
const policy = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.strictObject({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])).min(1),
    ingress: z.array(z.strictObject({ from: z.array(peer).optional(), ports })).default([]),
    egress: z.array(z.strictObject({ to: z.array(peer).optional(), ports })).default([]),
  }),
})

type Selector = z.output<typeof selector>
type Peer = z.output<typeof peer>
/** A pod, by its labels, those of its namespace, and the numbers of its named ports. */
export type PodEnd = { labels: Record<string, string>; namespace: string; ports?: Record<string, number> }
export type End = PodEnd | { ip: string }
export type Port = { port: number; protocol?: 'TCP' | 'UDP' }

/** Tells which connections the policies among the objects allow. Throws where a policy says what is not understood here. */
export function networkOf(objects: KubernetesObject[]): { allows(from: End, to: End, port: Port): boolean } {
  const policies = ofKind(objects, 'NetworkPolicy', policy)
  const allowed = (type: 'Ingress' | 'Egress', pod: PodEnd, other: End, port: Port, target: End) => {
    const own = policies.filter(
      ({ metadata, spec }) =>
        metadata.namespace === pod.namespace && spec.policyTypes.includes(type) && selects(spec.podSelector, pod.labels),
    )
    if (own.length === 0) return true
    return own.some(({ metadata, spec }) => {
      const rules =
        type === 'Ingress'
          ? spec.ingress.map(rule => ({ ...rule, peers: rule.from }))
          : spec.egress.map(rule => ({ ...rule, peers: rule.to }))
      return rules.some(
        rule =>
          (!rule.peers || rule.peers.some(one => isPeer(one, other, metadata.namespace))) &&
          (!rule.ports || rule.ports.some(one => one.protocol === (port.protocol ?? 'TCP') && numberOf(one.port, target) === port.port)),
      )
    })
  }
  return {
    allows: (from, to, port) =>
      ('ip' in from || allowed('Egress', from, to, port, to)) && ('ip' in to || allowed('Ingress', to, from, port, to)),
  }
}

function numberOf(port: number | string, target: End): number | undefined {
  if (typeof port === 'number') return port
  return 'ip' in target ? undefined : target.ports?.[port]
}

/** Whether labels satisfy a selector; an empty one is satisfied by all. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: Record<string, string>): boolean {
  const holds = ({ key, operator, values }: Selector['matchExpressions'][number]) => {
    const value = labels[key]
    if (operator === 'Exists') return value !== undefined
    if (operator === 'DoesNotExist') return value === undefined
    return operator === 'In' ? value !== undefined && values.includes(value) : value === undefined || !values.includes(value)
  }
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(holds)
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, other: End, own: string): boolean {
  if (ipBlock) return 'ip' in other && within(ipBlock.cidr, other.ip) && !ipBlock.except.some(cidr => within(cidr, other.ip))
  if ('ip' in other) return false
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === own
  return inNamespace && (!podSelector || selects(podSelector, other.labels))
}

function within(cidr: string, ip: string): boolean {
  const [network = '', bits] = cidr.split('/')
  const family = isIPv6(network) ? 'ipv6' : 'ipv4'
  if (isIPv6(ip) !== (family === 'ipv6')) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family)
  return list.check(ip, family)
}
