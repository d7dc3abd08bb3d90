import { expect, test } from '@jest/globals'
import { openDatabase } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { createKeyRing, createLogger } from '@worksights/runtime'
import { createAfterCommit } from './after-commit.ts'
import { addEndpoint } from './testing/endpoints.ts'

test('while a hint is under way any number of others become one more, which is sent after it', async () => {
  const testDatabase = await createTestDatabase()
  const database = openDatabase({ url: testDatabase.url, applicationName: 'test', max: 1 })
  try {
    const { connectionId } = await addEndpoint(database, createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`))
    const sent: { finish: () => void }[] = []
    const hint = () => new Promise<void>(finish => sent.push({ finish }))
    const log = createLogger({ service: 'test', level: 'silent' })
    const afterCommit = createAfterCommit({ database, queues: { hint }, clock: { now: () => 0 }, log })
    const first = afterCommit(connectionId)
    await Promise.all(Array.from({ length: 20 }, () => afterCommit(connectionId)))
    expect(sent).toHaveLength(1)
    sent[0]?.finish()
    while (sent.length < 2) await new Promise(resolve => setImmediate(resolve))
    sent[1]?.finish()
    await first
    expect(sent).toHaveLength(2)
    const next = afterCommit(connectionId)
    expect(sent).toHaveLength(3)
    sent[2]?.finish()
    await next
  } finally {
    await database.close()
    await testDatabase.drop()
  }
})
