import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { AUDIENCE } from '@worksights/dev-stack'
import type { Options } from './options.ts'

/** Names and addresses of what is installed, as services see them. */
export const release = 'worksights-attio'
export const attioUrl = 'http://attio-simulator:4002'
export const issuerUrl = 'http://identity-provider:4003'
export const chart = fileURLToPath(new URL('../../charts/worksights-attio', import.meta.url))
/** The values an operator would start from; what is laid over them is what this cluster has not. */
export const standardValues = join(chart, 'examples/standard.yaml')

/** The simulator's own client: what it takes unless told otherwise. */
const attioApp = { 'client-id': 'simulator-client', 'client-secret': 'simulator-secret' }
const pullSecret = 'registry'
const frontendUrl = 'http://127.0.0.1:4004'
const pods = (name: string) => [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }]
const anywhere = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }]

export type Secret = { name: string; type?: string; data: Record<string, string> }

/** What is laid over examples/standard.yaml. `apiUrl` is where this machine reaches the API. */
export function valuesOf(options: Options, apiUrl: string, logLevel: 'info' | 'debug'): Record<string, unknown> {
  const two = { replicas: 2, autoscaling: { enabled: false } }
  return {
    image: {
      registry: options.images === 'local' ? '' : options.images.replace(/\/+$/, ''),
      tag: options.tag,
      pullSecrets: options.pullConfig === undefined ? [] : [pullSecret],
    },
    // Changing it changes the ConfigMap of every component, and so replaces every pod.
    logLevel,
    publicUrls: { gateway: `http://${release}-ingest-gateway`, api: apiUrl, frontend: frontendUrl, allowInsecure: true },
    database: { ca: { configMap: '' } },
    queue: { ca: { configMap: '' } },
    attio: { apiUrl: attioUrl, appUrl: attioUrl },
    oidc: { issuer: issuerUrl, audience: AUDIENCE, frontend: { clientId: 'worksights-web', resource: AUDIENCE } },
    ingress: { enabled: false },
    networkPolicy: {
      enabled: true,
      ingressController: { from: pods('attio-simulator') },
      monitoring: { from: [] },
      database:
        options.ownerUrl === undefined
          ? { to: pods('postgres'), ports: [5432] }
          : { to: anywhere, ports: [portOf(options.ownerUrl, 5432)] },
      queue:
        options.queueUrl === undefined ? { to: pods('redis'), ports: [6379] } : { to: anywhere, ports: [portOf(options.queueUrl, 6379)] },
      attio: { to: pods('attio-simulator'), ports: [4002] },
      oidc: { to: pods('identity-provider'), ports: [4003] },
    },
    // Two of each all the time, so that it is known what dies.
    ...Object.fromEntries(['ingestGateway', 'resolverWorker', 'coalescerWorker'].map(block => [block, two])),
    // This asks more often than people do.
    timelineApi: { ...two, rateLimits: { userPerMinute: 1_000_000, organizationPerMinute: 1_000_000, addressPerMinute: 1_000_000 } },
    monitoring: Object.fromEntries(['serviceMonitor', 'podMonitor', 'prometheusRule'].map(kind => [kind, { enabled: false }])),
  }
}

/** Every Secret of the run, with passwords and keys made for it alone by what makes those of docker/compose.yaml. */
export async function makeSecrets(options: Options): Promise<Secret[]> {
  const made = await makePasswords()
  const url = (file: string) => variable(file, 'DATABASE_URL')
  const secrets: Secret[] = [
    {
      name: 'worksights-database',
      data: {
        'owner-url': options.ownerUrl ?? url(made.owner),
        'api-url': options.apiUrl ?? url(made.api),
        'workers-url': options.workersUrl ?? url(made.workers),
      },
    },
    { name: 'worksights-queue', data: { url: options.queueUrl ?? 'redis://redis:6379' } },
    { name: 'worksights-encryption', data: { 'encryption-keys': variable(made.workers, 'ENCRYPTION_KEYS') } },
    { name: 'worksights-attio-app', data: attioApp },
  ]
  if (options.ownerUrl === undefined) secrets.push({ name: 'postgres', data: { password: made.password, 'roles.sql': made.roles } })
  if (options.pullConfig !== undefined) {
    const data = { '.dockerconfigjson': await readFile(options.pullConfig, 'utf8') }
    secrets.push({ name: pullSecret, type: 'kubernetes.io/dockerconfigjson', data })
  }
  return secrets
}

async function makePasswords() {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-cluster-'))
  try {
    const [services, postgres] = [join(folder, 'services'), join(folder, 'postgres')]
    await Promise.all([mkdir(services), mkdir(postgres)])
    const script = fileURLToPath(new URL('../../docker/make-secrets.mjs', import.meta.url))
    await promisify(execFile)(process.execPath, [script, services, postgres])
    const read = (...place: string[]) => readFile(join(...place), 'utf8')
    return {
      owner: await read(services, 'owner.env'),
      api: await read(services, 'api.env'),
      workers: await read(services, 'workers.env'),
      password: await read(postgres, 'password'),
      roles: await read(postgres, 'roles.sql'),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function variable(file: string, name: string): string {
  const line = file.split('\n').find(text => text.startsWith(`${name}=`))
  if (line === undefined) throw new Error(`docker/make-secrets.mjs wrote no ${name}.`)
  return line.slice(name.length + 1)
}

function portOf(url: string, usual: number): number {
  return Number(new URL(url).port || usual)
}
