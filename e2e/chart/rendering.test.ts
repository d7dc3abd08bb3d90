import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { chart } from './harness/chart-folder.ts'
import { kubernetesObject, ofKind, workloads } from './harness/objects.ts'
import { parsePromQl } from './harness/promql.ts'
import { helm, render, type Values } from './harness/render.ts'
import { faultsOf, kubernetesVersions } from './harness/validate.ts'
import { pairwise } from './harness/values.ts'

const folder = join(chart, 'examples')
const examples = readdirSync(folder)
  .filter(name => name.endsWith('.yaml') && name !== 'external-secrets.yaml')
  .map(name => ({ title: `examples/${name}`, values: parse(readFileSync(join(folder, name), 'utf8')) as Values }))
const everything = [...examples, ...pairwise()]
const labels = z.record(z.string(), z.string())

test.each(examples)('helm lint --strict has nothing to say about $title', async ({ title }) => {
  const { ok, stdout, stderr } = await helm(['lint', '--strict', chart, '--values', join(chart, title)])
  expect(ok ? '' : stdout + stderr).toBe('')
})

test.each(kubernetesVersions)('the manifests of External Secrets are strictly valid beside Kubernetes %s', version => {
  const documents = parseAllDocuments(readFileSync(join(folder, 'external-secrets.yaml'), 'utf8')).map(document => document.toJS())
  const objects = documents.filter(Boolean).map(document => kubernetesObject.parse(document))
  expect(objects.length).toBeGreaterThan(0)
  expect(objects.flatMap(object => faultsOf(object, version))).toEqual([])
})

describe.each(everything)('$title', ({ values }) => {
  test.each(kubernetesVersions)('is strictly valid on Kubernetes %s', async version => {
    const objects = await render(values, { kubernetes: `${version}.0` })
    expect(objects.length).toBeGreaterThan(20)
    expect(objects.flatMap(object => faultsOf(object, version))).toEqual([])
  })

  test('has no two objects of one name, no Secret, and no right in the cluster', async () => {
    const objects = await render(values)
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect(objects.map(({ kind }) => kind).filter(kind => kind === 'Secret' || /Role/.test(kind))).toEqual([])
    for (const { metadata } of objects) expect(metadata).toMatchObject({ namespace: 'crm' })
  })

  test('selects by every Deployment, Service and disruption budget the pods of one component, and no others', async () => {
    const objects = await render(values)
    const pods = workloads(objects)
    const selecting = [
      ...ofKind(
        objects,
        'Service',
        z.looseObject({ metadata: z.looseObject({ name: z.string() }), spec: z.looseObject({ selector: labels }) }),
      ).map(({ metadata, spec }) => ({ name: metadata.name.replace(/-admin$/, ''), selector: spec.selector })),
      ...['Deployment', 'PodDisruptionBudget'].flatMap(kind =>
        ofKind(
          objects,
          kind,
          z.looseObject({
            metadata: z.looseObject({ name: z.string() }),
            spec: z.looseObject({ selector: z.strictObject({ matchLabels: labels }) }),
          }),
        ).map(({ metadata, spec }) => ({ name: metadata.name, selector: spec.selector.matchLabels })),
      ),
    ]
    expect(selecting.length).toBeGreaterThan(5)
    for (const { name, selector } of selecting) {
      const selected = pods.filter(pod => Object.entries(selector).every(([key, value]) => pod.labels[key] === value))
      expect(selected.map(pod => `${pod.kind} ${pod.name}`)).toEqual([`Deployment ${name}`])
    }
  })

  test('names no ServiceAccount, ConfigMap or port of a container that is not there', async () => {
    const objects = await render(values)
    const there = (kind: string) => objects.filter(object => object.kind === kind).map(({ metadata }) => metadata.name)
    for (const { spec, name } of workloads(objects)) {
      expect(there('ServiceAccount')).toContain(spec.serviceAccountName)
      for (const { envFrom, volumeMounts } of spec.containers) {
        for (const { configMapRef } of envFrom) expect(there('ConfigMap')).toContain(configMapRef.name)
        for (const mount of volumeMounts)
          expect({ pod: name, volumes: spec.volumes.map(volume => volume.name) }).toMatchObject({
            volumes: expect.arrayContaining([mount.name]),
          })
      }
    }
  })

  test('mounts every certificate authority read-only where the variable says', async () => {
    const containers = workloads(await render(values)).flatMap(({ spec }) => spec.containers)
    for (const { env, volumeMounts } of containers) {
      for (const { name, value } of env.filter(({ name }) => name.endsWith('_CA_FILE'))) {
        const mount = volumeMounts.find(({ mountPath }) => value?.startsWith(`${mountPath}/`))
        expect({ name, readOnly: mount?.readOnly }).toEqual({ name, readOnly: true })
      }
    }
  })

  test('gives each pod no token, no root, no writable file system, no capability, limits and a service account of its own', async () => {
    for (const { spec, component, name } of workloads(await render(values))) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      })
      expect(spec.serviceAccountName).toMatch(new RegExp(`-${component}$`))
      for (const one of spec.containers) {
        expect({ ...one, pod: name }).toMatchObject({
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          resources: { requests: { cpu: expect.anything(), memory: expect.anything() }, limits: { memory: expect.anything() } },
        })
        expect(one.volumeMounts.filter(({ readOnly }) => !readOnly)).toEqual([])
      }
    }
  })

  test('scales each Deployment by one thing only, and by queries that are PromQL over the backlog', async () => {
    const objects = await render(values)
    const target = z.looseObject({ spec: z.looseObject({ scaleTargetRef: z.looseObject({ name: z.string() }) }) })
    const scaled = ['HorizontalPodAutoscaler', 'ScaledObject'].flatMap(kind =>
      ofKind(objects, kind, target).map(({ spec }) => spec.scaleTargetRef.name),
    )
    expect(new Set(scaled).size).toBe(scaled.length)
    const deployment = z.looseObject({
      metadata: z.looseObject({ name: z.string() }),
      spec: z.looseObject({ replicas: z.number().optional() }),
    })
    for (const { metadata, spec } of ofKind(objects, 'Deployment', deployment)) {
      expect(`${metadata.name} ${spec.replicas === undefined}`).toBe(`${metadata.name} ${scaled.includes(metadata.name)}`)
    }
    const trigger = z.looseObject({ type: z.literal('prometheus'), metadata: z.looseObject({ query: z.string(), threshold: z.string() }) })
    for (const { spec } of ofKind(objects, 'ScaledObject', z.looseObject({ spec: z.looseObject({ triggers: z.array(trigger).min(1) }) }))) {
      const metrics = spec.triggers.map(({ metadata }) => parsePromQl(metadata.query))
      expect(metrics).toEqual([
        { ok: true, metrics: ['worksights_stage_due'] },
        { ok: true, metrics: ['worksights_stage_oldest_due_age_seconds'] },
      ])
    }
  })
})
