import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { referenceOf } from '../../packages/dev-stack/src/images/targets.ts'
import type { Secret } from './installation.ts'
import type { Options } from './options.ts'

const object = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }) })
export type KubernetesObject = z.output<typeof object>

const withContainers = z.looseObject({
  spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ name: z.string() })) }) }) }),
})

/** What the chart does not bring and the run needs: Postgres and Redis where no others are given, the simulated Attio, and sign-in. */
export function neighboursOf(options: Options): string[] {
  return [
    ...(options.ownerUrl === undefined ? ['postgres'] : []),
    ...(options.queueUrl === undefined ? ['redis'] : []),
    'attio-simulator',
    'identity-provider',
  ]
}

/** The namespace, under the strictest pod security standard, so that the chart and its neighbours are held to it. */
export function namespaceObject(name: string): KubernetesObject {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', 'app.kubernetes.io/part-of': 'worksights-cluster' }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

export function secretObject({ name, type = 'Opaque', data }: Secret): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type, stringData: data }
}

/** The objects of one neighbour, from manifests/, with the images of this run. */
export function neighbourObjects(name: string, options: Options): KubernetesObject[] {
  const text = readFileSync(new URL(`manifests/${name}.yaml`, import.meta.url), 'utf8')
  const objects = parseAllDocuments(text).map(document => object.parse(document.toJS()))
  return objects.map(one => (one.kind === 'Deployment' ? withImages(one, options) : one))
}

/** Containers are called as what runs in them. */
function withImages(deployment: KubernetesObject, options: Options): KubernetesObject {
  const { spec } = withContainers.parse(deployment)
  const pod = spec.template.spec
  const containers = pod.containers.map(container => ({ ...container, image: imageOf(container.name, options) }))
  const pull = options.pullConfig === undefined ? {} : { imagePullSecrets: [{ name: 'registry' }] }
  return { ...deployment, spec: { ...spec, template: { ...spec.template, spec: { ...pod, ...pull, containers } } } }
}

function imageOf(name: string, options: Options): string {
  const registry = options.images === 'local' ? undefined : options.images
  if (name === 'postgres') return options.postgresImage
  if (name === 'redis') return options.redisImage
  if (name === 'attio-simulator' || name === 'identity-provider') return referenceOf(name, { registry, tag: options.tag })
  throw new Error(`No image is known for the container ${name}.`)
}
