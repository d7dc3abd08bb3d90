import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type ReplicatedPostgres, startReplicatedPostgres } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { currentFeedPosition, type FeedPosition, readChanges } from './changes.ts'
import { type Database, openDatabase } from './connect.ts'
import { type Scope, tenantOf } from './tenant.ts'

/* A place in the change feed that was taken at a standby, which is behind and shows what it has replayed. */

let servers: ReplicatedPostgres
let owner: Database
let standby: Database
const northwind = uuid()

beforeAll(async () => {
  servers = await startReplicatedPostgres()
  owner = openDatabase({ url: servers.primary.url, applicationName: 'replica-feed-test' })
  standby = openDatabase({ url: servers.standby.apiUrl, applicationName: 'replica-feed-test' })
  await owner.pool.query(`insert into organization (id, external_id, name) values ($1, 'northwind', 'northwind')`, [northwind])
})
afterAll(async () => {
  await Promise.all([owner.close(), standby.close()])
  await servers.close()
})

/** What a page shows, and the place from which the change feed tells of the rest. */
async function readPage(scope: Scope): Promise<{ position: FeedPosition; ids: Set<string> }> {
  const position = await currentFeedPosition(scope)
  const { rows } = await scope.query<{ id: string }>('select activity_id as id from activity_change where activity_id is not null')
  return { position, ids: new Set(rows.map(row => row.id)) }
}

async function toldAfter(position: FeedPosition): Promise<string[]> {
  const { changes } = await readChanges(owner.pool, { after: position, organizationId: northwind, limit: 100_000 })
  return changes.flatMap(change => (change.type === 'reset' ? [] : [change.activityId]))
}

const change = `insert into activity_change (organization_id, activity_id, type) values ($1, $2, 'activity')`

test('misses nothing of transactions that were open when it was taken, however far behind the standby is', async () => {
  const [slow, quick, late] = [uuid(), uuid(), uuid()]
  const client = await owner.pool.connect()
  try {
    await client.query('begin')
    await client.query(change, [northwind, slow])
    await owner.pool.query(change, [northwind, quick])
    while (!(await tenantOf(standby, northwind).read(readPage)).ids.has(quick)) await pause(10)
    await servers.standby.pause()
    await client.query('commit')
    await owner.pool.query(change, [northwind, late])
    const { position, ids } = await tenantOf(standby, northwind).read(readPage)
    expect([slow, quick, late].map(id => ids.has(id))).toEqual([false, true, false])
    expect(await toldAfter(position)).toEqual(expect.arrayContaining([slow, late]))
  } finally {
    client.release()
    await servers.standby.resume()
  }
})

test('together with its page tells of every line, among transactions that begin, wait, fail and end all the time', async () => {
  const committed: string[] = []
  let isOver = false
  const writers = [0, 0, 0, 5, 20, 50].map(async waitMs => {
    while (!isOver) {
      const ids = [uuid(), uuid()]
      const failure = new Error('This one fails.')
      const isToFail = Math.random() < 0.1
      await owner
        .transaction(async client => {
          await client.query(change, [northwind, ids[0]])
          await client.query('savepoint part')
          await client.query(change, [northwind, ids[1]])
          if (waitMs > 0) await pause(waitMs)
          if (isToFail) throw failure
        })
        .then(
          () => committed.push(...ids),
          error => expect(error).toBe(failure),
        )
    }
  })
  const pages: Awaited<ReturnType<typeof readPage>>[] = []
  for (let n = 0; n < 40; n += 1) {
    pages.push(await tenantOf(standby, northwind).read(readPage))
    await pause(10)
  }
  isOver = true
  await Promise.all(writers)
  expect(new Set(pages.map(({ position }) => position.xid)).size).toBeGreaterThan(10)
  for (const { position, ids } of pages) {
    const told = new Set(await toldAfter(position))
    expect(committed.filter(id => !ids.has(id) && !told.has(id))).toEqual([])
  }
})
