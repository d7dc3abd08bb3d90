import { describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { queueBackends } from './backends.ts'
import { createTestDatabase } from './databases.ts'

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('a test database', () => {
  test('is migrated, in UTF-8, and shares nothing with another one', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
    try {
      await query(one.url, 'CREATE TABLE only_here (id int)')
      expect(await query(two.url, "SELECT to_regclass('only_here') AS found")).toEqual([{ found: null }])
      expect(await query(two.url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
      const migrations = await query(two.url, 'SELECT count(*)::int AS n FROM _prisma_migrations WHERE finished_at IS NOT NULL')
      expect(migrations[0]?.n).toBeGreaterThan(0)
    } finally {
      await Promise.all([one.drop(), two.drop()])
    }
  })

  test('is dropped even while somebody is still connected', async () => {
    const database = await createTestDatabase()
    const client = new pg.Client({ connectionString: database.url })
    const cut = new Promise(resolve => client.on('error', resolve))
    await client.connect()
    await database.drop()
    await cut
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow(/does not exist/)
  })
})

describe('queue backends', () => {
  test('give each database its own address on each backend', async () => {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase()])
    try {
      for (const backend of queueBackends()) {
        const urls = databases.map(database => backend.url(database))
        expect(new Set(urls).size).toBe(2)
        for (const url of urls) expect(url).toMatch(backend.name === 'redis' ? /^redis:\/\/127\.0\.0\.1:\d+\/\d+$/ : /^postgres:\/\//)
      }
    } finally {
      await Promise.all(databases.map(database => database.drop()))
    }
  })
})
