import type { TestDatabase } from './databases.ts'

export type QueueBackend = { name: 'postgres' | 'redis'; url(database: Pick<TestDatabase, 'url'>): string }

/**
 * The queue backends of this run, for `describe.each`: queues in the test's own Postgres database and, where a Redis server could be
 * started, on a Redis database of the same number, so that test files never meet.
 */
export function queueBackends(): QueueBackend[] {
  const postgres: QueueBackend = { name: 'postgres', url: database => database.url }
  const redis = process.env.WORKSIGHTS_TEST_REDIS
  if (!redis) return [postgres]
  return [postgres, { name: 'redis', url: database => `${redis}/${databaseNumber(database.url)}` }]
}

function databaseNumber(url: string): number {
  const number = /\/test_(\d+)$/.exec(new URL(url).pathname)?.[1]
  if (!number) throw new Error('The database must come from createTestDatabase().')
  return Number(number)
}
