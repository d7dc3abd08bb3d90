import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { type Database, openDatabase } from './connect.ts'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase({ url: testDatabase.url, applicationName: 'erase-reach' })
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

/** Erased piece by piece, by erase.ts. */
const byPieces = ['activity', 'delivery', 'event']
/** What was done, and the erasure itself. */
const staying = ['audit_entry', 'run']

test('erasing a connection reaches every table that says of a row which connection it is of, save those meant to stay', async () => {
  const { rows } = await database.pool.query<{ table: string; goes: boolean }>(
    `select c.relname as table, exists (
       select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = 'connection'::regclass and f.confdeltype = 'c') as goes
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'connection_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  )
  expect(rows.filter(({ goes }) => goes).length).toBeGreaterThan(4)
  expect(rows.filter(({ goes }) => !goes).map(({ table }) => table)).toEqual([...byPieces, ...staying].toSorted())
})
