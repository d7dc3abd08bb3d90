import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import pg from 'pg'
import { inspectHistory, inspectLogin, inspectServer, oldestPostgres } from './inspect.ts'
import { readMigrations } from './migrate.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Looks as the workers' login after the owner did something; whatever that was is undone. */
async function historyAfter(sql: string) {
  return await as(database.url, async owner => {
    await owner.query('begin')
    try {
      await owner.query(`${sql}; set local role workers`)
      return await inspectHistory(owner)
    } finally {
      await owner.query('rollback')
    }
  })
}

test('a server tells its version, that it is the primary, and that nothing of the connection is encrypted', async () => {
  const server = await as(database.workerUrl, inspectServer)
  expect(server).toEqual({ version: expect.stringMatching(/^\d+/), majorVersion: expect.any(Number), isStandby: false, tls: null })
  expect(server.majorVersion).toBeGreaterThanOrEqual(oldestPostgres)
})

describe('the history', () => {
  test.each(['apiUrl', 'workerUrl'] as const)('is read by the login of %s, and nothing is missing', async login => {
    const { length } = await readMigrations()
    expect(await as(database[login], inspectHistory)).toEqual({
      ...{ outcome: 'read', applied: length, pending: [], unfinished: [], edited: [], newer: [] },
    })
  })

  const name = '20261124090000_init'
  test.each([
    ['a migration that was not applied', 'delete from _prisma_migrations', 'pending'],
    ['one that was taken back', 'update _prisma_migrations set rolled_back_at = now()', 'pending'],
    ['one that was begun and not finished', 'update _prisma_migrations set finished_at = null', 'unfinished'],
    ['one that was applied with another text', "update _prisma_migrations set checksum = 'other'", 'edited'],
  ])('tells %s', async (_, sql, told) => {
    expect(await historyAfter(`${sql} where migration_name = '${name}'`)).toMatchObject({ [told]: [name], newer: [] })
  })

  test('of a newer release is told by what this one does not know', async () => {
    const sql = `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('1', 'x', '29991231000000_later', now())`
    expect(await historyAfter(sql)).toMatchObject({ pending: [], newer: ['29991231000000_later'] })
  })

  test('of a database without tables is none, and one that may not be read is said to be', async () => {
    expect(await historyAfter('drop table _prisma_migrations')).toEqual({ outcome: 'empty' })
    expect(await historyAfter('revoke select on _prisma_migrations from worksights_worker')).toEqual({ outcome: 'unreadable' })
  })
})

describe('a login', () => {
  test.each([
    ['url', 'unguarded'],
    ['apiUrl', 'api'],
    ['workerUrl', 'workers'],
  ] as const)('of %s is held back as one of the %s', async (login, sees) => {
    expect(await as(database[login], inspectLogin)).toMatchObject({ sees })
  })

  test('that is in neither role sees nothing, and one that bypasses row security is not held back by its role', async () => {
    await as(database.url, async owner => {
      await owner.query('begin; create role stray; set local role stray')
      expect(await inspectLogin(owner)).toEqual({ name: 'stray', sees: 'nobody' })
      await owner.query('reset role; create role careless bypassrls in role worksights_worker; set local role careless')
      expect(await inspectLogin(owner)).toEqual({ name: 'careless', sees: 'unguarded' })
      await owner.query('rollback')
    })
  })
})
