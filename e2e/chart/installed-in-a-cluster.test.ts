import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { attioUrl, issuerUrl, makeSecrets, release, standardValues, valuesOf } from '../cluster/installation.ts'
import { namespaceObject, neighbourObjects, neighboursOf, secretObject } from '../cluster/manifests.ts'
import { type Options, readOptions } from '../cluster/options.ts'
import { components } from '../cluster/pods.ts'
import { type KubernetesObject, workloads } from './harness/objects.ts'
import { merge, render, type Values } from './harness/render.ts'
import { faultsOf, kubernetesVersions } from './harness/validate.ts'

/* What `npm run cluster` gives helm: a cluster that is far away must not be the first to see that it does not fit. */

const apiUrl = 'http://127.0.0.1:4000'
const namespace = 'worksights-cluster-abc123'
const standard = parse(readFileSync(standardValues, 'utf8')) as Values
const urls = ['owner', 'api', 'workers'].flatMap(login => [`--${login}-url`, `postgres://${login}@db.example.com:6432/worksights`])
const ways: [title: string, options: Options][] = [
  ['Postgres and Redis of the run', optionsOf()],
  [
    'others, and a registry with a password',
    optionsOf('--images', 'ghcr.io/acme', '--pull-config', 'c.json', ...urls, '--queue-url', 'rediss://r.example.com'),
  ],
]

function optionsOf(...argv: string[]): Options {
  const read = readOptions(['--context', 'kind', '--images', 'local', '--tag', '1.2.3', '--namespace', namespace, ...argv])
  if (!('options' in read)) throw new Error('These flags were refused.')
  return read.options
}
const objectsOf = (options: Options, level: 'info' | 'debug' = 'info', kubernetes = '1.37') =>
  render(merge(standard, valuesOf(options, apiUrl, level)), { kubernetes: `${kubernetes}.0`, release, namespace })

describe.each(ways)('with %s', (_title, options) => {
  test.each(kubernetesVersions)('all is strictly valid on Kubernetes %s, and of kinds every cluster knows', async version => {
    const objects = await objectsOf(options, 'info', version)
    expect(objects.flatMap(object => faultsOf(object, version))).toEqual([])
    expect(
      objects.map(({ apiVersion }) => apiVersion).filter(group => !/^(v1|(apps|batch|policy)\/v1|networking\.k8s\.io\/v1)$/.test(group)),
    ).toEqual([])
  })

  test('every Secret that a pod reads is made, with every key it asks for', async () => {
    const made = new Map((await makeSecrets({ ...options, pullConfig: undefined })).map(({ name, data }) => [name, data]))
    const wanted = workloads(await objectsOf(options)).flatMap(({ spec }) =>
      spec.containers.flatMap(({ env }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])),
    )
    expect(wanted.length).toBeGreaterThan(10)
    for (const { name, key } of wanted) expect(Object.keys(made.get(name) ?? {})).toContain(key)
  })
})

test('each component has a Deployment, two pods, the image asked for, and is found by the labels that pods are killed by', async () => {
  const objects = await objectsOf(optionsOf())
  const deployments = workloads(objects).filter(({ kind }) => kind === 'Deployment')
  expect(deployments.map(({ component }) => component).sort()).toEqual([...components].sort())
  for (const { labels, component, spec } of deployments) {
    expect(labels).toMatchObject({ 'app.kubernetes.io/instance': release, 'app.kubernetes.io/component': component })
    expect(spec.containers.map(({ image }) => image)).toEqual([`worksights-attio-${component}:1.2.3`])
  }
  const replicas = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(object => z.looseObject({ spec: z.looseObject({ replicas: z.number() }) }).parse(object).spec.replicas)
  expect(replicas).toEqual(components.map(() => 2))
})

test('the upgrade changes the pods of every component', async () => {
  const checksums = (objects: KubernetesObject[]) =>
    new Map(
      workloads(objects)
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ component, annotations }) => [component, annotations['checksum/config']]),
    )
  const [before, after] = [checksums(await objectsOf(optionsOf())), checksums(await objectsOf(optionsOf(), 'debug'))]
  for (const component of components) expect(after.get(component)).not.toBe(before.get(component))
})

test('every host that is named is a Service of the namespace', async () => {
  const options = optionsOf()
  const objects = [...(await objectsOf(options)), ...neighboursOf(options).flatMap(name => neighbourObjects(name, options))]
  const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name)
  const secrets = await makeSecrets(options)
  const stores = ['worksights-database', 'worksights-queue'].flatMap(name =>
    Object.values(secrets.find(secret => secret.name === name)?.data ?? {}),
  )
  const { publicUrls } = z.object({ publicUrls: z.object({ gateway: z.string() }) }).parse(valuesOf(options, apiUrl, 'info'))
  expect(stores).toHaveLength(4)
  for (const url of [attioUrl, issuerUrl, publicUrls.gateway, ...stores]) expect(services).toContain(new URL(url).hostname)
  expect(services).toContain(`${release}-timeline-api`)
})

test('the namespace holds pods to the restricted standard, and secrets go as they are', () => {
  expect(namespaceObject('trial')).toMatchObject({
    kind: 'Namespace',
    metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  })
  expect(secretObject({ name: 'a', data: { b: 'c' } })).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a' },
    type: 'Opaque',
    stringData: { b: 'c' },
  })
})
