import { describe, expect, test } from '@jest/globals'
import { networkOf, type PodEnd } from './harness/network.ts'

const web: PodEnd = { labels: { app: 'web' }, namespace: 'a', ports: { http: 8080 } }
const db: PodEnd = { labels: { app: 'db' }, namespace: 'a' }
const stranger: PodEnd = { labels: { app: 'web' }, namespace: 'b' }
const policy = (name: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'a' },
  spec,
})
const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })

describe('the evaluator of network policies', () => {
  test('allows everything where there is no policy, and nothing where one says nothing', () => {
    expect(networkOf([]).allows(web, db, { port: 5432 })).toBe(true)
    expect(networkOf([deny]).allows(web, db, { port: 5432 })).toBe(false)
    expect(networkOf([deny]).allows(stranger, web, { port: 8080 })).toBe(false)
    expect(networkOf([deny]).allows(web, { ip: '8.8.8.8' }, { port: 443 })).toBe(false)
  })

  test('wants both sides of a connection between pods', () => {
    const out = policy('out', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }],
    })
    const into = policy('in', {
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }],
    })
    expect(networkOf([deny, out]).allows(web, db, { port: 5432 })).toBe(false)
    expect(networkOf([deny, into]).allows(web, db, { port: 5432 })).toBe(false)
    expect(networkOf([deny, out, into]).allows(web, db, { port: 5432 })).toBe(true)
    expect(networkOf([deny, out, into]).allows(web, db, { port: 5433 })).toBe(false)
    expect(networkOf([deny, out, into]).allows(web, db, { port: 5432, protocol: 'UDP' })).toBe(false)
  })

  test('takes a pod selector alone for this namespace only, and a named port for its number', () => {
    const into = policy('in', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'http' }] }],
    })
    expect(networkOf([into]).allows(stranger, web, { port: 8080 })).toBe(false)
    expect(networkOf([into]).allows(web, web, { port: 8080 })).toBe(true)
    expect(networkOf([into]).allows(web, web, { port: 9090 })).toBe(false)
  })

  test('leaves the exceptions out of a block, in either family', () => {
    const out = policy('out', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }, { ipBlock: { cidr: '::/0', except: ['fc00::/7'] } }] }],
    })
    const may = (ip: string) => networkOf([out]).allows(web, { ip }, { port: 443 })
    expect(['8.8.8.8', '10.9.8.7', '2606:4700::1', 'fd00::1'].map(may)).toEqual([true, false, true, false])
  })

  test('refuses a policy that it does not understand, rather than pass over it', () => {
    expect(() => networkOf([policy('x', { podSelector: {}, policyTypes: ['Ingress'], ingres: [] })])).toThrow()
  })
})
