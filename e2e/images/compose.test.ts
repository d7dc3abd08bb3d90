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
import { folder, readCompose, readVariables, type Service } from './compose.ts'

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
const modes = { demo: readVariables(readFileSync(new URL('.env', folder), 'utf8')), production }

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
function environmentOf({ environment, entrypoint = [], command = [] }: Service): Record<string, string> {
  const files = [...entrypoint, ...command].flatMap(word => /^--env-file=\/secrets\/(.+)$/.exec(word)?.[1] ?? [])
  const fromFiles = files.map(name => readVariables(readFileSync(join(secrets, name), 'utf8')))
  return Object.assign({}, ...fromFiles, Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])))
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
    const environment = environmentOf(serviceOf(mode, name))
    expect(() => loadConfig(schema, environment)).not.toThrow()
    const foreign = Object.keys(environment).filter(variable => !(variable in schema.shape))
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
  expect(modes.demo).toEqual({ COMPOSE_PROFILES: 'demo' })
  expect(modes.production).not.toHaveProperty('COMPOSE_PROFILES')
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
