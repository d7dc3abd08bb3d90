import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { clean, fixedKind, type Schema, type SchemaFile, strict, within } from './strict.ts'

// Makes the schemas beside this file anew: `node e2e/chart/schemas/make.ts`. It needs Go, which brings the sources; README.md says what they are.

const kubernetes = [
  ['1.30', 'k8s.io/kubernetes@v1.30.14'],
  ['1.37', 'k8s.io/kubernetes@v1.37.2'],
] as const

/** The API groups' documents, and the kinds of each that the chart makes. */
const builtIn: Record<string, string[]> = {
  api__v1: ['ConfigMap', 'Pod', 'Service', 'ServiceAccount'],
  apis__apps__v1: ['Deployment'],
  apis__autoscaling__v2: ['HorizontalPodAutoscaler'],
  apis__batch__v1: ['Job'],
  'apis__networking.k8s.io__v1': ['Ingress', 'NetworkPolicy'],
  apis__policy__v1: ['PodDisruptionBudget'],
}

const custom = [
  { module: 'github.com/kedacore/keda/v2@v2.21.0', file: 'config/crd/bases/keda.sh_scaledobjects.yaml', version: 'v1alpha1' },
  { module: 'github.com/kedacore/keda/v2@v2.21.0', file: 'config/crd/bases/keda.sh_triggerauthentications.yaml', version: 'v1alpha1' },
  ...['servicemonitors', 'podmonitors', 'prometheusrules'].map(name => ({
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    file: `example/prometheus-operator-crd/monitoring.coreos.com_${name}.yaml`,
    version: 'v1',
  })),
  { module: 'sigs.k8s.io/gateway-api@v1.6.3', file: 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml', version: 'v1' },
  { module: 'github.com/external-secrets/external-secrets@v1.3.2', file: 'deploy/crds/bundle.yaml', version: 'v1', kind: 'ExternalSecret' },
]

const openApi = z.object({ components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }) })
const definition = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }) })),
  }),
})

const run = promisify(execFile)
const here = import.meta.dirname
const work = await mkdtemp(join(tmpdir(), 'schemas-'))
try {
  await writeFile(join(work, 'go.mod'), 'module schemas\n')
  await mkdir(here, { recursive: true })
  for (const [version, module] of kubernetes) await save(`kubernetes-${version}.json`, await ofKubernetes(await sources(module)))
  await save('custom-resources.json', await ofCustomResources())
} finally {
  await rm(work, { recursive: true, force: true })
}

async function sources(module: string): Promise<string> {
  const { stdout } = await run('go', ['mod', 'download', '-json', module], { cwd: work, env: { ...process.env, GOFLAGS: '-mod=mod' } })
  return z.object({ Dir: z.string() }).parse(JSON.parse(stdout)).Dir
}

async function ofKubernetes(folder: string): Promise<SchemaFile> {
  const file: SchemaFile = { kinds: {}, definitions: {} }
  for (const [group, kinds] of Object.entries(builtIn)) {
    const text = await readFile(join(folder, `api/openapi-spec/v3/${group}_openapi.json`), 'utf8')
    const { schemas } = openApi.parse(JSON.parse(text)).components
    const apiVersion = group.replace(/^apis?__/, '').replace('__', '/')
    for (const kind of kinds) {
      const [name, schema] =
        Object.entries(schemas).find(([, schema]) =>
          z
            .array(z.object({ group: z.string(), version: z.string(), kind: z.string() }))
            .safeParse(schema['x-kubernetes-group-version-kind'])
            .data?.some(gvk => gvk.kind === kind && [gvk.group, gvk.version].filter(Boolean).join('/') === apiVersion),
        ) ?? []
      if (!name || !schema) throw new Error(`${group} has no ${kind}.`)
      file.kinds[`${apiVersion} ${kind}`] = name
      const own = fixedKind(strict(clean(schema)), apiVersion, kind)
      file.definitions[name] = own
      within(own, schemas, file.definitions)
    }
  }
  return file
}

async function ofCustomResources(): Promise<SchemaFile> {
  const file: SchemaFile = { kinds: {}, definitions: {} }
  const core = await readFile(join(await sources(kubernetes[1][1]), 'api/openapi-spec/v3/api__v1_openapi.json'), 'utf8')
  const { schemas } = openApi.parse(JSON.parse(core)).components
  const metadata: Schema = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }
  within(metadata, schemas, file.definitions)
  for (const { module, file: path, version, kind } of custom) {
    const text = await readFile(join(await sources(module), path), 'utf8')
    const found = text
      .split(/^---$/m)
      .filter(document => document.trim() !== '')
      .map(document => definition.safeParse(parse(document)).data)
      .find(document => document && (!kind || document.spec.names.kind === kind))
    const schema = found?.spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema
    if (!found || !schema) throw new Error(`${module} has no ${version} in ${path}.`)
    const apiVersion = `${found.spec.group}/${version}`
    file.kinds[`${apiVersion} ${found.spec.names.kind}`] = found.spec.names.kind
    const own = strict(clean(schema), { closeEmpty: true })
    own.properties = { ...(own.properties as Schema), metadata }
    file.definitions[found.spec.names.kind] = fixedKind(own, apiVersion, found.spec.names.kind)
  }
  return file
}

/** One definition a line: small, and a change can be read. */
async function save(name: string, { kinds, definitions }: SchemaFile): Promise<void> {
  const lines = Object.entries(definitions)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, schema]) => `    ${JSON.stringify(key)}: ${JSON.stringify(schema)}`)
  await writeFile(join(here, name), `{\n  "kinds": ${JSON.stringify(kinds)},\n  "definitions": {\n${lines.join(',\n')}\n  }\n}\n`)
}
