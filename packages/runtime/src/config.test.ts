import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { ConfigError, loadConfig } from './config.ts'
import {
  databaseFields,
  databaseUrl,
  encryptionKeys,
  httpUrl,
  logLevel,
  oneKindOfQueue,
  port,
  queueFields,
  queueUrl,
  verifiedUrl,
  wholeNumber,
} from './config-fields.ts'

const schema = z.object({
  DATABASE_URL: databaseUrl,
  QUEUE_URL: queueUrl,
  PORT: port.default(8080),
  LOG_LEVEL: logLevel,
  PUBLIC_URL: httpUrl.optional(),
  ENCRYPTION_KEYS: encryptionKeys,
  POOL: wholeNumber(1, 100).default(10),
})
const key = Buffer.alloc(32, 7).toString('base64')
const good = { DATABASE_URL: 'postgres://a:b@c/d', QUEUE_URL: 'rediss://x', ENCRYPTION_KEYS: `k1:${key}` }

function faultsOf(env: Record<string, string | undefined>, of: z.ZodObject = schema): ConfigError {
  try {
    loadConfig(of, env)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('the configuration was accepted')
}

describe('loadConfig', () => {
  test('fills in defaults and makes numbers of digits', () => {
    expect(loadConfig(schema, { ...good, POOL: '4' })).toEqual({ ...good, PORT: 8080, LOG_LEVEL: 'info', POOL: 4 })
  })

  test('lists every fault in one message, each with its name and an example', () => {
    const error = faultsOf({ QUEUE_URL: 'http://x', PORT: 'eighty', LOG_LEVEL: 'loud', PUBLIC_URL: 'example.com', ENCRYPTION_KEYS: 'k1' })
    expect(error.faults.map(fault => fault.name)).toEqual([
      'DATABASE_URL',
      'QUEUE_URL',
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'ENCRYPTION_KEYS',
    ])
    for (const { name, problem, example } of error.faults)
      expect(error.message).toContain(`${name}: ${problem} (for example ${name}=${example})`)
  })

  test('takes an empty variable as unset', () => {
    expect(loadConfig(schema, { ...good, PORT: '', PUBLIC_URL: ' ' })).toMatchObject({ PORT: 8080 })
    expect(faultsOf({ ...good, DATABASE_URL: '' }).faults).toMatchObject([{ name: 'DATABASE_URL', problem: 'is missing' }])
  })

  test('never shows a value that was refused', () => {
    const secret = 'hunter2hunter2'
    const error = faultsOf({ DATABASE_URL: secret, QUEUE_URL: secret, ENCRYPTION_KEYS: `k1:${secret}`, POOL: secret, LOG_LEVEL: secret })
    expect(error.faults).toHaveLength(5)
    expect(error.message).not.toContain(secret)
  })

  test('keeps public addresses without a trailing slash', () => {
    expect(loadConfig(schema, { ...good, PUBLIC_URL: 'https://a.example/x/' }).PUBLIC_URL).toBe('https://a.example/x')
  })
})

describe('certificates', () => {
  const withFiles = z.object({ ...databaseFields, ...queueFields }).superRefine(oneKindOfQueue, { when: () => true })
  const required = { DATABASE_URL: 'postgres://localhost/worksights', QUEUE_URL: 'redis://localhost' }

  test.each([
    ['is not there', '/nowhere/ca.crt', 'names a file that cannot be read (ENOENT)'],
    ['holds something else', fileURLToPath(import.meta.url), 'names a file that does not begin with a PEM certificate'],
  ])('a file that %s is told at the start', (_, path, problem) => {
    const error = faultsOf({ ...required, DATABASE_CA_FILE: path, QUEUE_CA_FILE: path }, withFiles)
    expect(error.faults.map(({ name, problem }) => [name, problem])).toEqual([
      ['DATABASE_CA_FILE', problem],
      ['QUEUE_CA_FILE', problem],
    ])
  })

  test('a Redis Cluster in PostgreSQL is told together with whatever else is wrong', () => {
    const error = faultsOf({ QUEUE_URL: 'postgres://localhost/queues', QUEUE_REDIS_CLUSTER: 'true' }, withFiles)
    expect(error.faults.map(({ name }) => name)).toEqual(['DATABASE_URL', 'QUEUE_REDIS_CLUSTER'])
  })

  test('a URL keeps what it says beside how its server is verified', () => {
    expect(verifiedUrl('postgres://me:pw@db/worksights?sslmode=disable&options=-c%20x%3D1', '/ca.crt')).toBe(
      'postgres://me:pw@db/worksights?sslmode=verify-full&options=-c+x%3D1&sslrootcert=%2Fca.crt',
    )
    expect(verifiedUrl('postgres://db/worksights', undefined)).toBe('postgres://db/worksights')
  })
})
