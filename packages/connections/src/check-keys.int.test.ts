import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { forgetSealed, secretSealContext } from '@worksights/database'
import { createKeyRing } from '@worksights/runtime'
import { checkConnection } from './check.ts'
import { openWorkshop, type Place, type Workshop } from './testing/workshop.ts'

/* What a check does with secrets when keys are changed, or lost. */

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
})
afterAll(() => shop.close())

const otherRing = createKeyRing(`newer:${Buffer.alloc(32, 5).toString('base64')}`)

async function recordsWebhook(place: Place): Promise<string> {
  const webhook = (await place.webhooks()).find(({ purpose, retired }) => purpose === 'records' && !retired)
  if (!webhook) throw new Error('There is no webhook for records.')
  return webhook.id
}

test('a secret that another process has sealed with a key this one does not hold is not taken for lost', async () => {
  const place = await shop.connect()
  const id = await recordsWebhook(place)
  const { sealed, keyId } = otherRing.seal('a secret', secretSealContext(id))
  await shop.owner.pool.query('update webhook set secret_sealed = $2, secret_key_id = $3 where id = $1', [id, sealed, keyId])
  expect(await checkConnection(await place.upkeep())).toMatchObject({ state: 'connected', webhooks: [{ done: 'kept' }, { done: 'kept' }] })
  expect(await recordsWebhook(place)).toBe(id)
})

test('a secret that was given up with its key gets a new webhook, and what was lost meanwhile is told', async () => {
  const place = await shop.connect()
  const id = await recordsWebhook(place)
  const { sealed, keyId } = otherRing.seal('a secret', secretSealContext(id))
  await shop.owner.pool.query('update webhook set secret_sealed = $2, secret_key_id = $3 where id = $1', [id, sealed, keyId])
  expect(await shop.worker.transaction(client => forgetSealed(client, 'webhook', { id, sealed: Buffer.from(sealed) }))).toBe(true)
  expect((await place.row()).due_in_ms).toBeLessThanOrEqual(0)
  expect(await place.gaps()).toMatchObject([{ purpose: 'records', reason: 'secret_lost', ended_at: null }])

  expect(await checkConnection(await place.upkeep())).toMatchObject({
    state: 'connected',
    webhooks: [{ purpose: 'records', found: 'secret_lost', done: 'replaced' }, { done: 'kept' }],
  })
  expect(await recordsWebhook(place)).not.toBe(id)
  expect(await place.gaps()).toMatchObject([{ reason: 'secret_lost', ended_at: expect.any(Date) }])
})
