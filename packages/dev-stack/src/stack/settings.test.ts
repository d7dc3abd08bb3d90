import { expect, test } from '@jest/globals'
import { readSettings } from './settings.ts'

const attio = { ATTIO_CLIENT_ID: 'id', ATTIO_CLIENT_SECRET: 'secret', PUBLIC_GATEWAY_URL: 'https://hooks.example.com' }

test('without anything set, the simulator and queues on Postgres', () => {
  expect(readSettings({ ATTIO_CLIENT_ID: '' })).toEqual({ redisUrl: null, logLevel: 'warn', webTokenSeconds: null, realAttio: null })
})

test('with client and public gateway, the real Attio', () => {
  expect(readSettings(attio).realAttio).toEqual({ clientId: 'id', clientSecret: 'secret', gatewayUrl: 'https://hooks.example.com' })
})

test('half of what the real Attio needs is refused and says what to set', () => {
  expect(() => readSettings({ ...attio, PUBLIC_GATEWAY_URL: undefined })).toThrow(/PUBLIC_GATEWAY_URL/)
})

test('an address that no queue understands, or that Attio cannot call, is named', () => {
  expect(() => readSettings({ REDIS_URL: 'localhost:6379' })).toThrow(/redis:\/\/[\s\S]*REDIS_URL/)
  expect(() => readSettings({ ...attio, PUBLIC_GATEWAY_URL: 'http://hooks.example.com' })).toThrow(/https/)
})
