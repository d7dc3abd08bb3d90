import { execFile } from 'node:child_process'
import { findHelm } from '@worksights/dev-stack/helm'
import { parseAllDocuments } from 'yaml'
import { chart } from './chart-folder.ts'
import { type KubernetesObject, kubernetesObject } from './objects.ts'

export { chart }
export type Values = { [key: string]: unknown }
export type Rendering = { ok: true; objects: KubernetesObject[] } | { ok: false; message: string }

const found = await findHelm()
const known = new Map<string, Promise<Rendering>>()

/** Runs helm; `input` goes to its stdin. */
export function helm(args: string[], input = ''): Promise<{ ok: boolean; stdout: string; stderr: string }> {
  if (!found) throw new Error('There is no Helm 3.16 or newer. `npm test -- e2e/chart` builds one where there is Go.')
  return new Promise(resolve => {
    const child = execFile(found, args, { maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => resolve({ ok: !error, stdout, stderr }))
    child.stdin?.end(input)
  })
}

/** What `helm template` makes of values, hooks and test pods too; or the message it refuses them with. */
export function tryRender(values: Values, { kubernetes = '1.30.0', release = 'ws', namespace = 'crm' } = {}): Promise<Rendering> {
  const input = JSON.stringify(values)
  const key = [kubernetes, release, namespace, input].join('\n')
  const earlier = known.get(key)
  if (earlier) return earlier
  const args = ['template', release, chart, '--namespace', namespace, '--kube-version', kubernetes, '--values', '-']
  const rendering = helm(args, input).then(({ ok, stdout, stderr }): Rendering => {
    if (!ok) return { ok, message: stderr }
    const documents = parseAllDocuments(stdout, { uniqueKeys: true }).filter(document => document.contents !== null)
    const [error] = documents.flatMap(({ errors }) => errors)
    if (error) return { ok: false, message: `Not YAML: ${error.message}` }
    return { ok, objects: documents.map(document => kubernetesObject.parse(document.toJS())) }
  })
  known.set(key, rendering)
  return rendering
}

/** As {@link tryRender}; throws with helm's message where values are refused. */
export async function render(values: Values, options: Parameters<typeof tryRender>[1] = {}): Promise<KubernetesObject[]> {
  const rendering = await tryRender(values, options)
  if (!rendering.ok) throw new Error(rendering.message)
  return rendering.objects
}

/** `over` laid over `base`, key by key, as helm lays values files over one another. */
export function merge(base: Values, ...over: Values[]): Values {
  const merged = { ...base }
  for (const [key, value] of over.flatMap(values => Object.entries(values))) {
    const below = merged[key]
    merged[key] = isMap(below) && isMap(value) ? merge(below, value) : value
  }
  return merged
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
