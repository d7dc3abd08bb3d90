import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type ReplicatedPostgres, startReplicatedPostgres } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { recordReset } from './changes.ts'
import { type Database, type Executor, openDatabase } from './connect.ts'
import { type FallbackReason, type ReplicaOptions, readFromReplica } from './replica.ts'
import { createTenants, type Scope, type Tenant, TenantBusyError, tenantOf } from './tenant.ts'

let servers: ReplicatedPostgres
/** The owner, at the primary. */
let owner: Database
let primary: Database
let replica: Database
let northwind: string
let globex: string
let fallbacks: FallbackReason[]
const opened: Database[] = []

function open(url: string, max = 10): Database {
  const database = openDatabase({ url, applicationName: 'replica-test', max, connectionTimeoutMs: 1_000 })
  opened.push(database)
  return database
}

beforeAll(async () => {
  // Whatever stands in the way of the replay is cancelled at once, and nothing stands there but what a test puts there.
  servers = await startReplicatedPostgres({ max_standby_streaming_delay: '0', autovacuum: 'off' })
  owner = open(servers.primary.url)
  primary = open(servers.primary.apiUrl)
  replica = open(servers.standby.apiUrl)
  ;[northwind, globex] = [uuid(), uuid()]
  await owner.pool.query('insert into organization (id, external_id, name) values ($1, $2, $2), ($3, $4, $4)', [
    ...[northwind, 'northwind'],
    ...[globex, 'globex'],
  ])
})
afterAll(async () => {
  await Promise.all(opened.map(database => database.close()))
  await servers.close()
})
beforeEach(() => {
  fallbacks = []
})

function tenantsAt(at: Database, options: Partial<ReplicaOptions> = {}): (organizationId: string) => Tenant {
  const own = createTenants(primary, { atOnce: 5 })
  const onFallback = (reason: FallbackReason) => fallbacks.push(reason)
  return readFromReplica(own, { primary, replica: at, atOnce: 5, onFallback, restMs: 200, ...options })
}

const where = async (scope: Scope): Promise<'primary' | 'replica'> => {
  const { rows } = await scope.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
  return rows[0]?.standby ? 'replica' : 'primary'
}

/** The names of a tenant's users, and who told them. */
const namesAt = async (scope: Scope) => {
  const { rows } = await scope.query<{ name: string }>('select name from app_user order by name')
  return { at: await where(scope), names: rows.map(row => row.name) }
}

async function insertUser(executor: Executor, organizationId: string, name: string): Promise<void> {
  await executor.query('insert into app_user (id, organization_id, email, email_folded, name) values ($1, $2, $3, $3, $4)', [
    ...[uuid(), organizationId, `${uuid()}@example.com`, name],
  ])
}

async function untilReadAt(tenant: Tenant, server: 'primary' | 'replica'): Promise<void> {
  while ((await tenant.read(where)) !== server) await pause(20)
}

describe('a read', () => {
  test('is answered by the replica, and a transaction by the primary', async () => {
    const tenant = tenantsAt(replica)(northwind)
    expect([await tenant.read(where), await tenant.transaction(where), fallbacks]).toEqual(['replica', 'primary', []])
  })

  test('writes nothing, at either server', async () => {
    for (const tenant of [tenantsAt(replica)(northwind), tenantOf(primary, northwind)]) {
      await expect(tenant.read(scope => recordReset(scope, northwind))).rejects.toThrow('read-only transaction')
    }
    expect(fallbacks).toEqual([])
  })

  test('sees the rows of its own organisation at the replica and no others, whatever it asks', async () => {
    await insertUser(owner.pool, northwind, 'Ada')
    await insertUser(owner.pool, globex, 'Hank')
    const tenants = tenantsAt(replica)
    expect(await tenants(globex).read(namesAt)).toEqual({ at: 'replica', names: ['Hank'] })
    expect(await tenants(northwind).read(namesAt)).toEqual({ at: 'replica', names: ['Ada'] })
    expect(() => tenants(`${northwind}'; drop table activity; --`)).toThrow('named by a UUID')
  })

  test('shows whatever was committed before it, under any load', async () => {
    const tenant = tenantsAt(replica)(northwind)
    let isOver = false
    const load = Array.from({ length: 4 }, async () => {
      while (!isOver) await recordReset(owner.pool, globex)
    })
    try {
      for (let n = 0; n < 200; n += 1) {
        await insertUser(owner.pool, northwind, `Person ${n}`)
        const { names } = await tenant.read(namesAt)
        expect(names).toContain(`Person ${n}`)
      }
    } finally {
      isOver = true
      await Promise.all(load)
    }
    expect(fallbacks.length).toBeLessThan(200)
  })

  test('that fails by itself is not begun again', async () => {
    let begun = 0
    const failing = tenantsAt(replica)(northwind).read(async scope => {
      begun += 1
      await scope.query(`set local statement_timeout = 1`)
      await scope.query('select pg_sleep(60)')
    })
    await expect(failing).rejects.toMatchObject({ code: '57014' })
    expect([begun, fallbacks]).toEqual([1, []])
  })

  test('waits for a turn where its organisation has all it may have at the replica, then is told so; others notice nothing', async () => {
    const tenants = tenantsAt(replica, { atOnce: 1, waitMs: 50 })
    const held = Promise.withResolvers<void>()
    const first = tenants(northwind).read(async scope => {
      await held.promise
      return await where(scope)
    })
    await expect(tenants(northwind).read(where)).rejects.toThrow(TenantBusyError)
    expect(await tenants(globex).read(where)).toBe('replica')
    held.resolve()
    expect([await first, fallbacks]).toEqual(['replica', []])
  })
})

describe('the primary answers', () => {
  test('while the replica is behind, and no longer once it has caught up', async () => {
    const tenant = tenantsAt(replica)(northwind)
    await servers.standby.pause()
    try {
      await insertUser(owner.pool, northwind, 'Written meanwhile')
      const told = await tenant.read(namesAt)
      expect([told.at, told.names.includes('Written meanwhile')]).toEqual(['primary', true])
      expect(await tenant.read(where)).toBe('primary')
      expect(new Set(fallbacks)).toEqual(new Set(['behind']))
    } finally {
      await servers.standby.resume()
    }
    await untilReadAt(tenant, 'replica')
  })

  test('what the replica gave up to go on replaying', async () => {
    const tenant = tenantsAt(replica)(northwind)
    await insertUser(owner.pool, northwind, 'Soon gone')
    const reading = Promise.withResolvers<void>()
    const read = tenant.read(async scope => {
      if ((await where(scope)) === 'primary') return 'primary'
      reading.resolve()
      await scope.query('select count(pg_sleep(1)) from app_user cross join generate_series(1, 60)')
      return 'replica'
    })
    await reading.promise
    // The statement holds a snapshot once it sleeps.
    const sleeping = `select 1 from pg_stat_activity where wait_event = 'PgSleep'`
    while ((await replica.pool.query(sleeping)).rowCount === 0) await pause(10)
    await owner.pool.query(`delete from app_user where name = 'Soon gone'`)
    await owner.pool.query('vacuum app_user')
    expect([await read, fallbacks]).toEqual(['primary', ['cancelled']])
    expect(await tenant.read(where)).toBe('replica')
  })

  test('while the replica is away, also what was under way there, until it is back', async () => {
    const tenant = tenantsAt(replica)(northwind)
    const reading = Promise.withResolvers<void>()
    const interrupted = tenant.read(async scope => {
      if ((await where(scope)) === 'primary') return 'primary'
      reading.resolve()
      await scope.query('select pg_sleep(60)')
      return 'replica'
    })
    await reading.promise
    await servers.standby.crash()
    expect(await interrupted).toBe('primary')
    for (let n = 0; n < 20; n += 1) expect(await tenant.read(where)).toBe('primary')
    expect(new Set(fallbacks)).toEqual(new Set(['unreachable']))
    await servers.standby.start()
    await untilReadAt(tenant, 'replica')
  })

  test('where the replica says nothing more on a connection that stands', async () => {
    const sockets: Socket[] = []
    const upstream = Number(new URL(servers.standby.apiUrl).port)
    const between = createServer(socket => {
      const server = connect(upstream, '127.0.0.1')
      for (const end of [socket, server]) sockets.push(end.on('error', () => {}))
      socket.pipe(server).pipe(socket)
    }).listen(0, '127.0.0.1')
    await once(between, 'listening')
    const { port } = between.address() as AddressInfo
    const tenant = tenantsAt(open(Object.assign(new URL(servers.standby.apiUrl), { port: String(port) }).href), { checkTimeoutMs: 100 })(
      northwind,
    )
    try {
      expect(await tenant.read(where)).toBe('replica')
      for (const socket of sockets) socket.unpipe().pause()
      expect([await tenant.read(where), fallbacks]).toEqual(['primary', ['unreachable']])
    } finally {
      for (const socket of sockets) socket.destroy()
      between.close()
    }
  })

  test.each<[string, () => string]>([
    ['whose login sees every organisation as a worker does', () => servers.standby.workerUrl],
    ['whose login owns the tables', () => servers.standby.url],
    ['that is the primary', () => servers.primary.apiUrl],
  ])('in place of a server %s', async (_what, url) => {
    const tenant = tenantsAt(open(url()))(northwind)
    expect([await tenant.read(where), fallbacks]).toEqual(['primary', ['unfit']])
  })

  test('for itself, where it is away', async () => {
    const gone = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', applicationName: 'replica-test' })
    try {
      const tenants = readFromReplica(id => tenantOf(gone, id), {
        primary: gone,
        replica,
        atOnce: 5,
        onFallback: reason => fallbacks.push(reason),
      })
      await expect(tenants(northwind).read(where)).rejects.toThrow('ECONNREFUSED')
      expect(fallbacks).toEqual([])
    } finally {
      await gone.close()
    }
  })
})
