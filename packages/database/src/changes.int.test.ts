import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { comparePositions, currentFeedPosition, isFeedPositionKept, readChanges, recordReset } from './changes.ts'
import { type Database, type Executor, openDatabase } from './connect.ts'

let testDatabase: TestDatabase
let database: Database
const organizationId = uuid()

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase({ url: testDatabase.url, applicationName: 'changes-test' })
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

async function note(executor: Executor, organization = organizationId): Promise<string> {
  const id = uuid()
  await executor.query(`insert into activity_change (organization_id, activity_id, type) values ($1, $2, 'activity')`, [organization, id])
  return id
}

const ids = (page: Awaited<ReturnType<typeof readChanges>>) =>
  page.changes.map(change => (change.type === 'reset' ? 'reset' : change.activityId))

type Options = Parameters<typeof readChanges>[1]

/** Reads until a page is as it should be: transactions of other databases on the server, which may run just now, hold the feed back. */
async function readUntil(options: Options, isRight: (page: Awaited<ReturnType<typeof readChanges>>) => boolean) {
  for (;;) {
    const page = await readChanges(database.pool, options)
    if (isRight(page)) return page
  }
}

describe('the change feed', () => {
  test('holds a change back while one that was written before it may still commit, and then gives both', async () => {
    const after = await currentFeedPosition(database.pool)
    const slow = await database.pool.connect()
    try {
      await slow.query('begin')
      const first = await note(slow)
      const second = await note(database.pool)
      const early = await readChanges(database.pool, { after, limit: 10 })
      expect(ids(early)).toEqual([])
      await slow.query('commit')
      const late = await readUntil({ after: early.position, limit: 10 }, ({ changes }) => changes.length >= 2)
      expect(ids(late)).toEqual([first, second])
    } finally {
      slow.release()
    }
  })

  test('goes on from the position of any page, whatever its size, without repeating or skipping', async () => {
    const start = await currentFeedPosition(database.pool)
    const own = uuid()
    const written: string[] = []
    for (let n = 0; n < 10; n += 1) written.push(await note(database.pool, own))
    for (const limit of [1, 3, 10, 11]) {
      const read: string[] = []
      let after = start
      while (read.length < 10) {
        const from = after
        const page = await readUntil({ after, organizationId: own, limit }, ({ position }) => comparePositions(position, from) !== 0)
        expect(comparePositions(page.position, after)).toBe(1)
        read.push(...ids(page))
        after = page.position
      }
      expect(read).toEqual(written)
    }
  })

  test('taken before a snapshot misses nothing the snapshot does not show', async () => {
    const slow = await database.pool.connect()
    try {
      await slow.query('begin')
      const invisible = await note(slow)
      const after = await currentFeedPosition(database.pool)
      await slow.query('commit')
      expect(ids(await readUntil({ after, limit: 10 }, page => ids(page).includes(invisible)))).toContain(invisible)
    } finally {
      slow.release()
    }
  })

  test('of one organisation shows nothing of another', async () => {
    const after = await currentFeedPosition(database.pool)
    const other = uuid()
    await note(database.pool)
    await recordReset(database.pool, other)
    const page = await readUntil({ after, organizationId: other, limit: 10 }, ({ changes }) => changes.length > 0)
    expect(ids(page)).toEqual(['reset'])
  })

  test('moves on when nothing happened to it, so that an idle reader does not fall behind', async () => {
    const after = await currentFeedPosition(database.pool)
    await database.pool.query('create table elsewhere (id int)')
    const page = await readUntil({ after, organizationId: uuid(), limit: 10 }, ({ position }) => comparePositions(position, after) !== 0)
    expect(page.changes).toEqual([])
    expect(comparePositions(page.position, after)).toBe(1)
  })

  test('can be resumed from within a day, not from before and not from a future it does not know', async () => {
    const now = await currentFeedPosition(database.pool)
    const day = 24 * 60 * 60 * 1000
    expect(await isFeedPositionKept(database.pool, now)).toBe(true)
    expect(await isFeedPositionKept(database.pool, { ...now, at: now.at - day + 60_000 })).toBe(true)
    expect(await isFeedPositionKept(database.pool, { ...now, at: now.at - day - 60_000 })).toBe(false)
    expect(await isFeedPositionKept(database.pool, { ...now, at: now.at + day })).toBe(false)
    expect(await isFeedPositionKept(database.pool, { ...now, xid: now.xid + 1_000_000n })).toBe(false)
  })
})
