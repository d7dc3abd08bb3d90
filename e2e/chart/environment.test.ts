import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestAuthority } from '@worksights/dev-stack/testing'
import { ConfigError, loadConfig } from '@worksights/runtime'
import { z } from 'zod'
import { checkConfigs, migrateConfig } from '../../packages/operations/src/config.ts'
import { runCommand } from '../../packages/operations/src/program.ts'
import { configSchema as coalescer } from '../../services/coalescer-worker/src/config.ts'
import { configSchema as frontend } from '../../services/frontend/src/config.ts'
import { configSchema as gateway } from '../../services/ingest-gateway/src/config.ts'
import { configSchema as resolver } from '../../services/resolver-worker/src/config.ts'
import { configSchema as api } from '../../services/timeline-api/src/config.ts'
import { type KubernetesObject, ofKind, workloads } from './harness/objects.ts'
import { merge, render } from './harness/render.ts'
import { minimal, pairwise } from './harness/values.ts'

const schemas: Record<string, z.ZodObject> = {
  'ingest-gateway': gateway,
  'resolver-worker': resolver,
  'coalescer-worker': coalescer,
  'timeline-api': api,
  frontend,
  migrations: migrateConfig,
  // The pods of `helm test`, by the command each runs.
  'check database': checkConfigs.database,
  'check queue': checkConfigs.queue,
  'check gateway': checkConfigs.gateway,
  'check api': checkConfigs.api,
}
const openTelemetry =
  /^OTEL_(EXPORTER_OTLP_(ENDPOINT|PROTOCOL|HEADERS)|(TRACES|METRICS)_EXPORTER|TRACES_SAMPLER(_ARG)?|RESOURCE_ATTRIBUTES|SERVICE_NAME)$/

/** What stands in the Secrets, by the variable it is for. */
const secrets: Record<string, string> = {
  DATABASE_URL: 'postgres://login:password@db.example.com/worksights',
  DATABASE_READ_URL: 'postgres://login:password@replica.example.com/worksights',
  ENCRYPTION_KEYS: `key1:${Buffer.alloc(32, 1).toString('base64')}`,
  ATTIO_CLIENT_ID: 'id',
  ATTIO_CLIENT_SECRET: 'secret',
  OPERATOR_WEBHOOK_URL: 'https://ops.example.com/hook',
  OPERATOR_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=secret',
}

/** What stands where a volume is mounted for it. */
let certificateFile: string
beforeAll(async () => {
  certificateFile = join(await mkdtemp(join(tmpdir(), 'worksights-chart-')), 'ca.crt')
  await writeFile(certificateFile, (await createTestAuthority()).certificate)
})
afterAll(() => rm(dirname(certificateFile), { recursive: true }))

/** The environment of each component's container, and which Secret key each secret variable comes from. */
function environments(objects: KubernetesObject[], queueUrl: string) {
  const maps = ofKind(
    objects,
    'ConfigMap',
    z.looseObject({ metadata: z.looseObject({ name: z.string() }), data: z.record(z.string(), z.string()) }),
  )
  return workloads(objects).map(({ component, spec }) => {
    const [{ env, envFrom, args, volumeMounts } = { env: [], envFrom: [], args: [], volumeMounts: [] }] = spec.containers
    const plain = Object.assign(
      {},
      ...envFrom.map(({ configMapRef }) => maps.find(({ metadata }) => metadata.name === configMapRef.name)?.data),
    )
    const isMounted = (file: string) => volumeMounts.some(({ mountPath }) => file.startsWith(`${mountPath}/`))
    const given = (name: string, value: string | undefined) => {
      if (value !== undefined && name.endsWith('_CA_FILE')) return isMounted(value) ? certificateFile : value
      return value ?? (name === 'QUEUE_URL' ? queueUrl : secrets[name])
    }
    const own = env.map(({ name, value }) => [name, given(name, value)])
    const from = env.flatMap(({ name, valueFrom }) =>
      valueFrom?.secretKeyRef ? [[name, `${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`]] : [],
    )
    const name = component === 'tests' ? args.slice(0, 2).join(' ') : component
    return { component: name, environment: { ...plain, ...Object.fromEntries(own) }, secret: Object.fromEntries(from) }
  })
}

function faults(component: string, environment: Record<string, string>): string[] {
  const schema = schemas[component]
  if (!schema) return [`no configuration of ${component}`]
  const unknown = Object.keys(environment).filter(name => !(name in schema.shape) && !openTelemetry.test(name))
  try {
    loadConfig(schema, environment)
    return unknown.map(name => `${component} does not know ${name}`)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [...unknown, ...error.faults.map(({ name, problem }) => `${component}: ${name} ${problem}`)]
  }
}

test.each(pairwise())('every container can read its environment, and knows each variable of it: $title', async ({ title, values }) => {
  const queueUrl = title.includes('queue postgres')
    ? 'postgres://login:password@db.example.com/queues'
    : 'rediss://user:password@redis.example.com:6379'
  const all = environments(await render(values), queueUrl)
  expect(all.map(({ component }) => component).sort()).toEqual(Object.keys(schemas).sort())
  expect(all.flatMap(({ component, environment }) => faults(component, environment))).toEqual([])
})

test('the pods of helm test run commands that are there, with options that they take', async () => {
  const commands = workloads(await render(minimal)).filter(({ component }) => component === 'tests')
  expect(commands).toHaveLength(4)
  for (const { spec } of commands) {
    const [container] = spec.containers
    const surroundings = { env: {}, out: () => {}, err: () => {}, ask: null }
    // Whoever asks for help beside wrong options is told of the options.
    expect([container?.args, await runCommand([...(container?.args ?? []), '--help'], surroundings)]).toEqual([container?.args, 0])
  }
})

test.each([
  ['one', {}, { OIDC_ISSUER: 'https://login.example.com' }],
  [
    'several',
    {
      issuer: '',
      audience: '',
      issuers: [{ issuer: 'https://a.example.com', audience: 'x' }],
      frontend: { issuer: 'https://a.example.com' },
    },
    { OIDC_ISSUERS: '[{"audience":"x","issuer":"https://a.example.com"}]' },
  ],
])('the check of the API asks for the keys of %s of its issuers', async (_, oidc, expected) => {
  const all = environments(await render(merge(minimal, { oidc })), '')
  const [check] = all.filter(({ component }) => component === 'check api')
  expect(check?.environment).toEqual({ API_URL: 'http://ws-worksights-attio-timeline-api', ...expected })
  expect(faults('check api', check?.environment ?? {})).toEqual([])
})

describe('a secret is given only to who needs it', () => {
  const expected = (queue: Record<string, string>) => ({
    'ingest-gateway': { DATABASE_URL: 'the-database/workers-url', QUEUE_URL: queue.workers, ENCRYPTION_KEYS: 'the-keys/encryption-keys' },
    'resolver-worker': {
      DATABASE_URL: 'the-database/workers-url',
      QUEUE_URL: queue.workers,
      ENCRYPTION_KEYS: 'the-keys/encryption-keys',
      OPERATOR_WEBHOOK_URL: 'the-operator/url',
      OPERATOR_WEBHOOK_SECRET: 'the-operator/secret',
    },
    'coalescer-worker': { DATABASE_URL: 'the-database/workers-url', QUEUE_URL: queue.workers },
    'timeline-api': {
      DATABASE_URL: 'the-database/api-url',
      DATABASE_READ_URL: 'the-database/read-url',
      QUEUE_URL: queue.api,
      ENCRYPTION_KEYS: 'the-keys/encryption-keys',
      ATTIO_CLIENT_ID: 'the-attio-app/client-id',
      ATTIO_CLIENT_SECRET: 'the-attio-app/client-secret',
    },
    frontend: {},
    migrations: { DATABASE_URL: 'the-database/owner-url', QUEUE_URL: queue.owner },
    'check database': { DATABASE_URL: 'the-database/workers-url', ENCRYPTION_KEYS: 'the-keys/encryption-keys' },
    'check queue': { QUEUE_URL: queue.workers },
    'check gateway': { DATABASE_URL: 'the-database/workers-url', ENCRYPTION_KEYS: 'the-keys/encryption-keys' },
    'check api': {},
  })

  test.each([
    ['redis', { workers: 'the-queue/url', api: 'the-queue/url', owner: 'the-queue/url' }],
    ['postgres', { workers: 'the-queue/url', api: 'the-queue/api-url', owner: 'the-queue/owner-url' }],
  ])('with queues on %s', async (kind, queue) => {
    const values = merge(minimal, {
      queue: { kind },
      operatorWebhook: { existingSecret: 'the-operator' },
      database: { readReplica: { enabled: true } },
    })
    const all = environments(await render(values), '')
    expect(Object.fromEntries(all.map(({ component, secret }) => [component, secret]))).toEqual(expected(queue))
  })
})
