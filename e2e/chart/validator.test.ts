import { describe, expect, test } from '@jest/globals'
import { faultsOf, kubernetesVersions } from './harness/validate.ts'

const deployment = (spec: object, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a' },
  spec: {
    selector: { matchLabels: { a: 'b' } },
    template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i', ...container }] } },
    ...spec,
  },
})

describe.each(kubernetesVersions)('the schemas of Kubernetes %s', version => {
  test('let a right object pass', () => {
    expect(faultsOf(deployment({ replicas: 2 }, { resources: { limits: { memory: '512Mi', cpu: 1 } } }), version)).toEqual([])
  })

  test.each([
    ['a misspelt field', deployment({ replica: 2 }), 'replica'],
    ['a wrong type', deployment({ replicas: '2' }), 'must be integer'],
    ['a misspelt field deep inside', deployment({}, { securityContext: { readOnlyRootFileSystem: true } }), 'readOnlyRootFileSystem'],
    ['a number where a variable wants text', deployment({}, { env: [{ name: 'A', value: 1 }] }), 'must be string'],
    ['an amount that is none', deployment({}, { resources: { limits: { memory: '512MB' } } }), 'pattern'],
    ['a missing selector', deployment({ selector: undefined }), 'selector'],
    ['a kind that is not known', { apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'a' } }, 'no schema'],
    ['a label that is no text', { ...deployment({}), metadata: { name: 'a', labels: { a: true } } }, 'must be string'],
  ])('refuse %s', (_, object, words) => {
    expect(faultsOf(object, version).join('\n')).toContain(words)
  })

  test.each([
    ['ScaledObject', 'keda.sh/v1alpha1', { scaleTargetRef: { name: 'x' }, triggers: [], maxReplicas: 4 }, 'maxReplicas'],
    [
      'ScaledObject',
      'keda.sh/v1alpha1',
      { scaleTargetRef: { name: 'x' }, triggers: [{ type: 'prometheus', metadata: { threshold: 5 } }] },
      'string',
    ],
    ['ServiceMonitor', 'monitoring.coreos.com/v1', { selector: {}, endpoints: [{ port: 8080 }] }, 'string'],
    ['HTTPRoute', 'gateway.networking.k8s.io/v1', { rules: [{ matches: [{ path: { type: 'Prefix', value: '/' } }] }] }, 'allowed values'],
    ['PrometheusRule', 'monitoring.coreos.com/v1', { groups: [{ name: 'g', rules: [{ alert: 'a' }] }] }, 'expr'],
  ])('refuse a %s of %s that is wrong', (kind, apiVersion, spec, words) => {
    expect(faultsOf({ apiVersion, kind, metadata: { name: 'a' }, spec }, version).join('\n')).toContain(words)
  })
})
