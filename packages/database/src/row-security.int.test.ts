import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { requireGuardedLogin, tenantOf, UnguardedLoginError } from './tenant.ts'

/*
 * What Postgres itself refuses, whatever a query forgets. One row of each of two organisations is put into every table; a table that is added later is
 * filled and judged like the others.
 */

type Column = { table: string; name: string; type: string }

const organizations = { northwind: uuid(), globex: uuid() }
/** Values that constraints ask for, where any value of the type would not do. */
const wanted: Record<string, Record<string, unknown>> = {
  connection: { state: 'disconnected' },
  member: { mapping: 'auto' },
  delivery: { state: 'ignored' },
  event: { state: 'ignored' },
  label: { state: 'known' },
  run: { kind: 'refresh', state: 'done' },
  delivery_gap: { reason: 'token_dead' },
}
/** Rows of no organisation. */
const common = ['_prisma_migrations', 'sealing_key']
/** The feed holds ids only and is read for everybody's streams. */
const shared = ['activity_change']

let testDatabase: TestDatabase
let owner: pg.Pool
let api: Database
let worker: Database
let tables: string[]
const connections: Record<string, string> = {}

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = new pg.Pool({ connectionString: testDatabase.url, max: 1 })
  owner.on('error', () => {}) // an idle connection may be cut when the database is dropped
  api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'row-security-test' })
  worker = openDatabase({ url: testDatabase.workerUrl, applicationName: 'row-security-test' })
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  tables = rows.map(row => row.name).filter(name => !common.includes(name))
  // References are not looked at: each row stands alone.
  await owner.query('set session_replication_role = replica')
  for (const [name, organizationId] of Object.entries(organizations)) {
    connections[name] = uuid()
    for (const table of tables) await fill(table, organizationId, connections[name])
  }
})
afterAll(async () => {
  await Promise.all([owner.end(), api.close(), worker.close()])
  await testDatabase.drop()
})

async function fill(table: string, organizationId: string, connectionId: string): Promise<void> {
  const { rows: columns } = await owner.query<Column>(
    `select table_name as table, column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null`,
    [table],
  )
  const values = columns.map(column => {
    if (column.name === 'organization_id' || (table === 'organization' && column.name === 'id')) return organizationId
    if (column.name === 'connection_id' || (table === 'connection' && column.name === 'id')) return connectionId
    return wanted[table]?.[column.name] ?? anyValue(column.type)
  })
  const names = columns.map(column => column.name)
  for (const [name, value] of Object.entries(wanted[table] ?? {})) {
    if (names.includes(name)) continue
    names.push(name)
    values.push(value)
  }
  const places = names.map((_, index) => `$${index + 1}`)
  await owner.query(`insert into ${table} (${names.map(name => `"${name}"`).join(', ')}) values (${places.join(', ')})`, values)
}

function anyValue(type: string): unknown {
  switch (type) {
    case 'uuid':
      return uuid()
    case 'ARRAY':
      return []
    case 'jsonb':
      return '{}'
    case 'bytea':
      return Buffer.from(uuid())
    case 'boolean':
      return true
    case 'integer':
    case 'bigint':
      return 1
    case 'timestamp with time zone':
      return new Date()
    default:
      return uuid()
  }
}

const count = (table: string) => `select count(*)::int as count from ${table}`

test('every table is under row-level security, with a policy for the API and one for the workers', async () => {
  const { rows } = await owner.query<{ name: string; secured: boolean; roles: string[] }>(
    `select c.relname as name, c.relrowsecurity as secured,
       array(select distinct r.rolname::text from pg_policy p join pg_roles r on r.oid = any(p.polroles) where p.polrelid = c.oid order by 1) as roles
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'`,
  )
  expect(rows.length).toBeGreaterThan(15)
  expect(rows.filter(row => !row.secured || row.roles.join() !== 'worksights_api,worksights_worker')).toEqual([])
})

describe('the login of the API', () => {
  test('sees no row of anybody before an organisation is named', async () => {
    for (const table of tables.filter(name => !shared.includes(name))) {
      const seen = await api.pool.query<{ count: number }>(count(table)).catch((error: Error) => error.message)
      if (typeof seen === 'string') expect(seen).toMatch(/permission denied/)
      else expect([table, seen.rows[0]?.count]).toEqual([table, 0])
    }
  })

  test('sees in each table one organisation at a time, whatever the query asks', async () => {
    const visible: string[] = []
    for (const table of tables.filter(name => !shared.includes(name))) {
      const seen = await tenantOf(api, organizations.northwind)
        .transaction(scope =>
          scope.query<{ count: number }>(count(table)).then(
            result => result.rows[0]?.count,
            (error: Error) => error.message,
          ),
        )
        .catch((error: Error) => error.message)
      if (typeof seen === 'string') expect(seen).toMatch(/permission denied/)
      else {
        expect([table, seen]).toEqual([table, 1])
        visible.push(table)
      }
    }
    expect(visible).toEqual(
      expect.arrayContaining(['activity', 'connection', 'delivery', 'event', 'label', 'member', 'run', 'audit_entry']),
    )
  })

  test('cannot name another organisation in a row it writes, nor reach a foreign row to change it', async () => {
    const { northwind, globex } = organizations
    const tenant = tenantOf(api, northwind)
    const foreign = tenant.transaction(scope =>
      scope.query(`insert into feature_switch (organization_id, area, enabled) values ($1, 'crm', false)`, [globex]),
    )
    await expect(foreign).rejects.toThrow(/row-level security/)
    const changed = await tenant.transaction(scope =>
      scope.query(`update connection set state_reason = 'x' where organization_id = $1 or id = $2`, [globex, connections.globex]),
    )
    expect(changed.rowCount).toBe(0)
    const moved = tenant.transaction(scope => scope.query('update connection set organization_id = $1', [globex]))
    await expect(moved).rejects.toThrow(/row-level security/)
  })

  test('writes tokens and secrets and can read none, sealed as they are', async () => {
    const tenant = tenantOf(api, organizations.northwind)
    for (const column of ['token_sealed from connection', 'secret_sealed from webhook']) {
      await expect(tenant.transaction(scope => scope.query(`select ${column}`))).rejects.toThrow(/permission denied/)
    }
  })

  test('forgets the organisation with the transaction', async () => {
    await tenantOf(api, organizations.northwind).transaction(scope => scope.query('select 1'))
    const { rows } = await api.pool.query<{ count: number }>(count('activity'))
    expect(rows[0]?.count).toBe(0)
  })

  test.each(['update audit_entry set actor_name = $1', 'delete from audit_entry where actor_name = $1'])(
    'cannot do this: %s',
    async statement => {
      await expect(tenantOf(api, organizations.northwind).transaction(scope => scope.query(statement, ['x']))).rejects.toThrow(
        /permission denied/,
      )
    },
  )
})

describe('a login that sees everybody', () => {
  test('belongs to the workers', async () => {
    for (const table of tables) {
      const { rows } = await worker.pool.query<{ count: number }>(count(table))
      expect([table, rows[0]?.count]).toEqual([table, 2])
    }
    await expect(worker.pool.query(`delete from audit_entry`)).rejects.toThrow(/permission denied/)
  })

  test('is not served from: neither the owner nor a worker opens the door of an organisation', async () => {
    const asOwner = openDatabase({ url: testDatabase.url, applicationName: 'row-security-test' })
    try {
      for (const database of [asOwner, worker]) {
        await expect(requireGuardedLogin(database)).rejects.toThrow(UnguardedLoginError)
        await expect(tenantOf(database, organizations.northwind).transaction(scope => scope.query('select 1'))).rejects.toThrow(
          UnguardedLoginError,
        )
      }
      await expect(requireGuardedLogin(api)).resolves.toBeUndefined()
    } finally {
      await asOwner.close()
    }
  })
})

test('an organisation is named by a UUID and nothing else, since it is written into a statement', () => {
  expect(() => tenantOf(api, `${organizations.northwind}'; drop table activity; --`)).toThrow('named by a UUID')
})
