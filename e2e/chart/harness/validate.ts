import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { z } from 'zod'
import type { KubernetesObject } from './objects.ts'

/** The oldest Kubernetes the chart supports, and the newest it is tested with. */
export const kubernetesVersions = ['1.30', '1.37'] as const
export type KubernetesVersion = (typeof kubernetesVersions)[number]

const schemaFile = z.object({ kinds: z.record(z.string(), z.string()), definitions: z.record(z.string(), z.unknown()) })
const validators = new Map<string, ValidateFunction>()
for (const version of kubernetesVersions) {
  for (const name of [`kubernetes-${version}`, 'custom-resources']) {
    const { kinds, definitions } = schemaFile.parse(JSON.parse(readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), 'utf8')))
    const ajv = new Ajv({ strict: false, allErrors: true }).addSchema({ $id: name, definitions })
    for (const [kind, definition] of Object.entries(kinds)) {
      validators.set(`${version} ${kind}`, ajv.compile({ $ref: `${name}#/definitions/${definition}` }))
    }
  }
}

/** What a cluster of that version would refuse or silently drop of an object; a kind without a schema is a fault too. */
export function faultsOf(object: KubernetesObject, version: KubernetesVersion): string[] {
  const name = `${object.kind} ${object.metadata.name}`
  const validate = validators.get(`${version} ${object.apiVersion} ${object.kind}`)
  if (!validate) return [`${name}: no schema of ${object.apiVersion} ${object.kind}`]
  if (validate(object)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`)
}
