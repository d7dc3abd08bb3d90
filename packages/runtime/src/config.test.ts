import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { ConfigError, loadConfig } from './config.ts'
import { databaseUrl, encryptionKeys, httpUrl, logLevel, port, queueUrl, wholeNumber } from './config-fields.ts'

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

function faultsOf(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(schema, env)
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
