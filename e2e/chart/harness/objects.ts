import { z } from 'zod'

const strings = z.record(z.string(), z.string())
const metadata = z.looseObject({ name: z.string(), labels: strings.default({}), annotations: strings.default({}) })

/** Any object, as far as every kind is the same. The strict schemas hold the rest. */
export const kubernetesObject = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }) })
export type KubernetesObject = z.output<typeof kubernetesObject>

const keyOf = z.object({ name: z.string(), key: z.string() })
export const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).default([]),
  env: z
    .array(
      z.object({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z.looseObject({ secretKeyRef: keyOf.optional(), configMapKeyRef: keyOf.optional() }).optional(),
      }),
    )
    .default([]),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).default([]),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() })).default([]),
})
export type Container = z.output<typeof container>

export const podSpec = z.looseObject({
  serviceAccountName: z.string(),
  automountServiceAccountToken: z.boolean(),
  containers: z.array(container),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
})

const withTemplate = z.looseObject({
  metadata,
  spec: z.looseObject({
    template: z.looseObject({ metadata: z.looseObject({ labels: strings, annotations: strings.default({}) }), spec: podSpec }),
  }),
})
const barePod = z.looseObject({ metadata, spec: podSpec })

export type Workload = {
  name: string
  kind: string
  component: string
  labels: Record<string, string>
  annotations: Record<string, string>
  spec: z.output<typeof podSpec>
}

/** Everything that makes pods: Deployments, Jobs, and the pods of `helm test`. */
export function workloads(objects: KubernetesObject[]): Workload[] {
  return objects.flatMap(object => {
    if (object.kind === 'Deployment' || object.kind === 'Job') {
      const { metadata, spec } = withTemplate.parse(object)
      return [workload(object.kind, metadata.name, spec.template.metadata, spec.template.spec)]
    }
    if (object.kind === 'Pod') {
      const { metadata, spec } = barePod.parse(object)
      return [workload('Pod', metadata.name, metadata, spec)]
    }
    return []
  })
}

function workload(
  kind: string,
  name: string,
  { labels, annotations }: { labels: Record<string, string>; annotations: Record<string, string> },
  spec: z.output<typeof podSpec>,
): Workload {
  return { kind, name, component: labels['app.kubernetes.io/component'] ?? '', labels, annotations, spec }
}

/** The objects of one kind, read by a schema. */
export function ofKind<T>(objects: KubernetesObject[], kind: string, schema: z.ZodType<T>): T[] {
  return objects.filter(object => object.kind === kind).map(object => schema.parse(object))
}
