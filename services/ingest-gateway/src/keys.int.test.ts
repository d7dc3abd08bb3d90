import { afterEach, expect, test } from '@jest/globals'
import { openDatabase } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { runCommand } from '@worksights/operations'
import { createKeyRing } from '@worksights/runtime'
import { addEndpoint, recordUpdated, type TestEndpoint } from './testing/endpoints.ts'
import { type GatewayProcess, startGatewayProcess } from './testing/process.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const [key1, key2] = [1, 2].map(fill => `key${fill}:${Buffer.alloc(32, fill).toString('base64')}`)

test('a change of keys costs no delivery: gateways before, during and after it take every endpoint', async () => {
  const testDatabase = await createTestDatabase()
  const database = openDatabase({ url: testDatabase.url, applicationName: 'test', max: 1 })
  closers.push(
    () => testDatabase.drop(),
    () => database.close(),
  )
  const env = { DATABASE_URL: testDatabase.workerUrl, QUEUE_URL: testDatabase.workerUrl }
  const start = async (keys: string): Promise<GatewayProcess> => {
    const gateway = await startGatewayProcess({ ...env, ENCRYPTION_KEYS: keys })
    closers.push(async () => {
      gateway.child.kill('SIGKILL')
      await gateway.exited
    })
    return gateway
  }
  const endpoints: TestEndpoint[] = []
  /** Every endpoint so far, and a new one that no gateway has in its cache, sealed as a service with these keys seals. */
  const allTake = async (gateways: GatewayProcess[], keys: string) => {
    for (const gateway of gateways) {
      endpoints.push(await addEndpoint(database, createKeyRing(keys)))
      for (const endpoint of endpoints) {
        const body = recordUpdated()
        const init = { method: 'POST', body, headers: { 'attio-signature': endpoint.sign(body) } }
        expect((await fetch(gateway.url + endpoint.path, init)).status).toBe(200)
      }
    }
  }

  const before = await start(`${key1},${key2}`)
  await allTake([before], `${key1},${key2}`)
  const during = await start(`${key2},${key1}`)
  await allTake([before, during], `${key2},${key1}`)
  const terminal = { env: { ...env, ENCRYPTION_KEYS: `${key2},${key1}` }, out: () => {}, err: () => {}, ask: null }
  expect(await runCommand(['reseal'], terminal)).toBe(0)
  const after = await start(`${key2}`)
  await allTake([before, during, after], `${key2}`)
  await expect(start(`${key1}`)).rejects.toThrow(/key2: missing/)
})
