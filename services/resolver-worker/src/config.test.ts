import { describe, expect, test } from '@jest/globals'
import { ConfigError, loadConfig } from '@worksights/runtime'
import { configSchema } from './config.ts'

const needed = {
  DATABASE_URL: 'postgres://localhost/worksights',
  QUEUE_URL: 'redis://localhost',
  ENCRYPTION_KEYS: `key1:${Buffer.alloc(32, 1).toString('base64')}`,
  PUBLIC_GATEWAY_URL: 'https://gateway.example.com/',
}
const OPERATOR_WEBHOOK_URL = 'https://ops.example.com/hooks/'
const OPERATOR_WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`

/** The variables a configuration is refused for, with why. */
function faults(env: Record<string, string>): Record<string, string> {
  try {
    loadConfig(configSchema, { ...needed, ...env })
    return {}
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return Object.fromEntries(error.faults.map(({ name, problem }) => [name, problem]))
  }
}

describe('the operator’s webhook', () => {
  test('needs an address and a secret, or neither; the address stays as it is', () => {
    expect(faults({})).toEqual({})
    expect(loadConfig(configSchema, { ...needed, OPERATOR_WEBHOOK_URL, OPERATOR_WEBHOOK_SECRET })).toMatchObject({ OPERATOR_WEBHOOK_URL })
    expect(faults({ OPERATOR_WEBHOOK_URL })).toEqual({ OPERATOR_WEBHOOK_SECRET: expect.stringContaining('is missing') })
    expect(faults({ OPERATOR_WEBHOOK_SECRET })).toEqual({ OPERATOR_WEBHOOK_URL: expect.stringContaining('is missing') })
  })

  test.each(['whsec_c2hvcnQ=', 'secret', `whsec_${'!'.repeat(44)}`])(
    'refuses the secret %s, together with whatever else is wrong',
    secret => {
      expect(Object.keys(faults({ OPERATOR_WEBHOOK_SECRET: secret, OPERATOR_WEBHOOK_URL: 'ftp://x', CHECK_EVERY_MS: '1' })).sort()).toEqual(
        ['CHECK_EVERY_MS', 'OPERATOR_WEBHOOK_SECRET', 'OPERATOR_WEBHOOK_URL'],
      )
    },
  )
})
