import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type ReplicatedPostgres, startReplicatedPostgres } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { type FallbackReason, readFromReplica } from './replica.ts'
import { tenantOf } from './tenant.ts'

/* Standbys that have replayed as far as anybody may ask, of another history than the primary's. */

let servers: ReplicatedPostgres
let others: ReplicatedPostgres

beforeAll(async () => {
  ;[servers, others] = await Promise.all([startReplicatedPostgres(), startReplicatedPostgres()])
}, 60_000)
afterAll(() => Promise.all([servers.close(), others.close()]))

/** Which server answers a read, why, and whether the second one's place is beyond the first one's. */
async function read(urls: { primary: string; replica: string }) {
  const open = (url: string): Database => openDatabase({ url, applicationName: 'replica-history-test' })
  const [primary, replica] = [open(urls.primary), open(urls.replica)]
  const fallbacks: FallbackReason[] = []
  try {
    const tenants = readFromReplica(id => tenantOf(primary, id), {
      ...{ primary, replica, atOnce: 5 },
      onFallback: reason => fallbacks.push(reason),
    })
    const { rows } = await tenants(uuid()).read(scope => scope.query<{ standby: boolean }>('select pg_is_in_recovery() as standby'))
    const { rows: written } = await primary.pool.query<{ lsn: string }>('select pg_current_wal_flush_lsn()::text as lsn')
    const { rows: reached } = await replica.pool.query<{ ahead: boolean }>('select pg_last_wal_replay_lsn() > $1::pg_lsn as ahead', [
      written[0]?.lsn,
    ])
    return { at: rows[0]?.standby ? 'replica' : 'primary', fallbacks, isAhead: reached[0]?.ahead }
  } finally {
    await Promise.all([primary.close(), replica.close()])
  }
}

const extra = 'create table extra as select generate_series(1, 1000)'

test('a standby of another system is not read, however far it is', async () => {
  const [there, follower] = [others.primary.url, others.standby.url].map(url =>
    openDatabase({ url, applicationName: 'replica-history-test' }),
  )
  await there?.pool.query(extra)
  while ((await follower?.pool.query(`select where to_regclass('extra') is not null`))?.rowCount === 0) await pause(10)
  await Promise.all([there?.close(), follower?.close()])
  const urls = { primary: servers.primary.apiUrl, replica: others.standby.apiUrl }
  expect(await read(urls)).toEqual({ at: 'primary', fallbacks: ['unfit'], isAhead: true })
})

test('a standby that did not follow a failover is not read, though it holds more than the new primary', async () => {
  expect((await read({ primary: servers.primary.apiUrl, replica: servers.standby.apiUrl })).at).toBe('replica')
  await servers.failOver(extra)
  const urls = { primary: servers.standby.apiUrl, replica: servers.primary.apiUrl }
  expect(await read(urls)).toEqual({ at: 'primary', fallbacks: ['unfit'], isAhead: true })
}, 60_000)

test('without a primary that says how far it has written, nothing is read at its standby', async () => {
  const owner = openDatabase({ url: others.primary.url, applicationName: 'replica-history-test' })
  await owner.pool.query('revoke execute on function pg_control_system() from public')
  await owner.close()
  const urls = { primary: others.primary.apiUrl, replica: others.standby.apiUrl }
  expect(await read(urls)).toMatchObject({ at: 'primary', fallbacks: ['unfit'] })
})
