import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { loadConfig } from '@worksights/runtime'
import { Ajv } from 'ajv'
import type { z } from 'zod'
import { requiredScopes } from '../../packages/attio/src/scopes.ts'
import { migrateConfig } from '../../packages/operations/src/config.ts'
import { configSchema as coalescer } from '../../services/coalescer-worker/src/config.ts'
import { configSchema as frontend } from '../../services/frontend/src/config.ts'
import { configSchema as gateway } from '../../services/ingest-gateway/src/config.ts'
import { configSchema as resolver } from '../../services/resolver-worker/src/config.ts'
import { configSchema as api } from '../../services/timeline-api/src/config.ts'
import { demonstration, folder, readCompose, readVariables, type Service } from './compose.ts'

const schemas: [string, z.ZodObject][] = [
  ['ingest-gateway', gateway],
  ['resolver-worker', resolver],
  ['coalescer-worker', coalescer],
  ['timeline-api', api],
  ['frontend', frontend],
  ['migrations', migrateConfig],
]
const production = {
  ...readVariables(readFileSync(new URL('production.env.example', folder), 'utf8')),
  ATTIO_CLIENT_ID: 'an-app',
  ATTIO_CLIENT_SECRET: 'its-secret',
  OIDC_CLIENT_ID: 'a-client',
}
const modes: Record<'demo' | 'production', Record<string, string>> = {
  demo: demonstration,
  production,
}

let secrets: string
beforeAll(() => {
  secrets = mkdtempSync(join(tmpdir(), 'worksights-compose-'))
  makeSecrets()
})
afterAll(() => rmSync(secrets, { recursive: true }))

function makeSecrets(): void {
  execFileSync('node', [fileURLToPath(new URL('make-secrets.mjs', folder)), secrets, secrets])
}

/** What a service of compose.yaml finds in its environment, its file of secrets included. */
function environmentOf(mode: keyof typeof modes, service: string): Record<string, string> {
  const { environment, entrypoint = [], command = [] } = serviceOf(mode, service)
  const files = [...entrypoint, ...command].flatMap(word => /^--env-file=\/secrets\/(.+)$/.exec(word)?.[1] ?? [])
  const fromFiles = files.map(name => readVariables(readFileSync(join(secrets, name), 'utf8')))
  const given = Object.entries(environment).flatMap(([name, value]) => {
    const found = value ?? modes[mode][name]
    return found === undefined ? [] : [[name, String(found)]]
  })
  return Object.assign({}, ...fromFiles, Object.fromEntries(given))
}

function serviceOf(mode: keyof typeof modes, name: string): Service {
  const found = readCompose(modes[mode]).services[name]
  if (!found) throw new Error(`compose.yaml has no service ${name}.`)
  return found
}

describe.each(Object.keys(modes) as (keyof typeof modes)[])('compose.yaml with the variables of %s', mode => {
  test('holds nothing that the Compose specification does not know', () => {
    // It names its dialect by https, which Ajv knows by http.
    const schema = { ...JSON.parse(readFileSync(new URL('compose-spec.json', import.meta.url), 'utf8')), $schema: undefined }
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema)
    validate(readCompose(modes[mode]).raw)
    expect(validate.errors ?? []).toEqual([])
  })

  test.each(schemas)('gives %s all it needs, and nothing it does not know', (name, schema) => {
    const environment = environmentOf(mode, name)
    expect(() => loadConfig(schema, environment)).not.toThrow()
    const named = new Set([...Object.keys(environment), ...Object.keys(serviceOf(mode, name).environment)])
    // OTEL_… OpenTelemetry reads itself.
    const foreign = [...named].filter(variable => !(variable in schema.shape) && !variable.startsWith('OTEL_'))
    // A workers' file of secrets is for all three of them.
    expect(foreign).toEqual(name === 'coalescer-worker' ? ['ENCRYPTION_KEYS'] : [])
  })
})

test('every service of ours runs without root, rights or a writable file', () => {
  const ours = Object.entries(readCompose(modes.demo).services).filter(([, { image }]) => image.includes('worksights-attio-'))
  expect(ours.map(([name]) => name).sort()).toEqual(
    [...schemas.map(([name]) => name), 'secrets', 'attio-simulator', 'identity-provider'].sort(),
  )
  for (const [name, service] of ours) {
    expect({ name, ...service }).toMatchObject({ name, read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
    expect([name, service.user]).toEqual([name, name === 'secrets' ? '0:0' : '1000:1000'])
  }
})

test('only this machine reaches what is published, and nobody the database', () => {
  const { services } = readCompose(modes.production)
  for (const { ports } of Object.values(services)) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
  for (const name of ['postgres', 'redis']) expect(services[name]).toMatchObject({ ports: [], networks: ['data'] })
  for (const name of ['frontend', 'attio-simulator', 'identity-provider']) {
    const { networks = [] } = services[name] ?? {}
    expect(Array.isArray(networks) ? networks : Object.keys(networks)).toEqual(['edge'])
  }
})

test('without the profile "demo" neither the simulator nor the sign-in without passwords is started', () => {
  const { services } = readCompose(modes.production)
  const demo = Object.entries(services).flatMap(([name, { profiles }]) => (profiles.includes('demo') ? [name] : []))
  expect(demo).toEqual(['attio-simulator', 'identity-provider'])
  expect(modes.demo).toMatchObject({ COMPOSE_PROFILES: 'demo' })
  expect(modes.production).not.toHaveProperty('COMPOSE_PROFILES')
})

test.each([
  'PUBLIC_GATEWAY_URL',
  'PUBLIC_API_URL',
  'PUBLIC_FRONTEND_URL',
  'ATTIO_CLIENT_ID',
  'ATTIO_CLIENT_SECRET',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'OIDC_CLIENT_ID',
])('without %s nothing starts: no value of the demonstration takes its place', name => {
  for (const settings of [
    { ...production, [name]: '' },
    Object.fromEntries(Object.entries(production).filter(([other]) => other !== name)),
  ])
    expect(() => readCompose(settings)).toThrow(`required variable ${name} is missing a value: docker/production.env.example`)
})

test('what production.env.example offers has a place, and nothing there is an address of the demonstration', () => {
  const text = readFileSync(new URL('compose.yaml', folder), 'utf8')
  const offered = readFileSync(new URL('production.env.example', folder), 'utf8').matchAll(/^#?([A-Z_]+)=/gm)
  for (const [, name] of offered) expect(text).toMatch(new RegExp(`\\$\\{${name}\\W|^ +${name}:$`, 'm'))
  for (const value of Object.values(production)) expect(value).not.toMatch(/localhost|worksights\.local|simulator/)
})

test('telemetry is passed on to every service, and reaches a collector outside from each', () => {
  const { services } = readCompose(modes.production)
  for (const [name] of schemas.filter(([name]) => name !== 'migrations')) {
    expect(services[name]?.environment).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: null,
      OTEL_EXPORTER_OTLP_PROTOCOL: null,
      LOG_LEVEL: null,
    })
    expect([name, services[name]?.networks]).toEqual([name, expect.arrayContaining(['edge'])])
  }
})

test('a Postgres and a Redis of your own take the place of the containers, and whatever asks them reaches the world', () => {
  const own = {
    POSTGRES_CONTAINERS: '0',
    REDIS_CONTAINERS: '0',
    SECRETS_FOLDER: '/etc/worksights',
    QUEUE_URL: 'rediss://redis.example.com',
  }
  const { services } = readCompose({ ...production, ...own })
  for (const name of ['postgres', 'redis']) {
    expect(services[name]).toHaveProperty('scale', '0')
    expect(serviceOf('production', name)).toHaveProperty('scale', '1')
  }
  for (const [name] of schemas.filter(([name]) => name !== 'frontend')) {
    expect(services[name]).toMatchObject({ environment: { QUEUE_URL: own.QUEUE_URL }, volumes: ['/etc/worksights:/secrets:ro'] })
    expect([name, services[name]?.networks]).toEqual([name, expect.arrayContaining(['edge'])])
  }
  expect(services.secrets?.volumes).toEqual(['service-secrets:/secrets/services', 'postgres-secrets:/secrets/postgres'])
})

test("the simulated app asks for the set-up guide's permissions and no other", () => {
  const scopes = serviceOf('demo', 'attio-simulator').command?.find(word => word.startsWith('--scopes='))
  expect(scopes?.replace('--scopes=', '').trim().split(' ')).toEqual(requiredScopes.map(({ scope }) => scope))
})

test('passwords and keys are made once: a second start changes none of them', () => {
  const read = () => ['workers.env', 'api.env', 'owner.env', 'password', 'roles.sql'].map(name => readFileSync(join(secrets, name), 'utf8'))
  const before = read()
  makeSecrets()
  expect(read()).toEqual(before)
  expect(new Set(before).size).toBe(before.length)
})
