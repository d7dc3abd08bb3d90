import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import pg from 'pg'
import { migrateQueues } from './postgres-backend.ts'

let testDatabase: TestDatabase
let owner: pg.Client
let api: pg.Client

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = new pg.Client({ connectionString: testDatabase.url })
  api = new pg.Client({ connectionString: testDatabase.apiUrl })
  await Promise.all([owner.connect(), api.connect()])
})
afterAll(async () => {
  await Promise.all([owner.end(), api.end()])
  await testDatabase.drop()
})

const foul = async () =>
  (
    await owner.query<{ name: string; role: string }>(
      `select c.relname as name, role from pg_class c, unnest(array['worksights_api', 'worksights_worker']) role
       where c.relnamespace = 'bullmq'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege(role, c.oid, 'truncate, references, trigger')`,
    )
  ).rows

test('a login of the API can hang nothing on the queues’ tables that would run with the rights of who works there', async () => {
  await api.query(`create function pg_temp.spy() returns trigger language plpgsql as $$ begin return new; end $$`)
  await expect(api.query('create trigger spy before insert on bullmq.job for each row execute function pg_temp.spy()')).rejects.toThrow(
    /permission denied/,
  )
  expect(await foul()).toEqual([])
})

test('migrating takes back what was granted too freely before', async () => {
  await owner.query('grant all on all tables in schema bullmq to worksights_api, worksights_worker')
  expect(await foul()).not.toEqual([])
  await migrateQueues(testDatabase.url)
  expect(await foul()).toEqual([])
})

test('what makes a queue’s counter runs as the owner and looks for names in one place only', async () => {
  const { rows } = await owner.query<{ definer: boolean; path: string }>(
    `select prosecdef as definer, array_to_string(proconfig, '; ') as path from pg_proc where oid = 'bullmq.next_job_id(text)'::regprocedure`,
  )
  expect(rows).toEqual([{ definer: true, path: 'search_path=bullmq, pg_temp' }])
})
