import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { execa } from 'execa'
import pg from 'pg'
import { findDrift, readSchema } from './drift.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function run(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** The schema with one line of it changed. */
async function edited(line: string, into: string): Promise<string> {
  const schema = await readSchema()
  expect(schema.split(line)).toHaveLength(2)
  return schema.replace(line, into)
}

describe('schema.prisma and the migrations', () => {
  test('agree', async () => {
    expect(await findDrift(database.url, await readSchema())).toBeNull()
  })

  test('are told apart by a column, its type, whether it may be absent, its default, and an index', async () => {
    const column = '  fingerprint    String\n'
    expect(await findDrift(database.url, await edited(column, `${column}  colour String?\n`))).toMatch(/ADD COLUMN +"colour" TEXT;/)
    expect(await findDrift(database.url, await edited(column, '  fingerprint String @db.VarChar(64)\n'))).toMatch(
      /"fingerprint" SET DATA TYPE/,
    )
    expect(await findDrift(database.url, await edited(column, '  fingerprint String?\n'))).toMatch(/"fingerprint" DROP NOT NULL/)
    expect(await findDrift(database.url, await edited(column, '  fingerprint String @default("")\n'))).toMatch(/"fingerprint" SET DEFAULT/)
    expect(await findDrift(database.url, await edited('  @@index([connectionId, lane, happenedAt])\n', ''))).toMatch(
      /DROP INDEX "event_connection_id_lane_happened_at_idx"/,
    )
  })

  test('do not differ by what the schema cannot say: partial indexes and checks', async () => {
    await run(
      `create index only_some on event (connection_id) where attempts > 3; alter table event add constraint few check (attempts < 1000)`,
    )
    expect(await findDrift(database.url, await readSchema())).toBeNull()
    await run('create index all_of_them on event (attempts)')
    expect(await findDrift(database.url, await readSchema())).toMatch(/DROP INDEX "all_of_them"/)
  })

  test('make a new migration by a command, which leaves nothing behind', async () => {
    const script = new URL('make-migration.ts', import.meta.url).pathname
    const { stdout, stderr } = await execa(process.execPath, ['--disable-warning=ExperimentalWarning', script, database.url])
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'The migrations say what schema.prisma says: nothing to do.' })
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query(`select datname from pg_database where datname like 'worksights_migration_%'`)
    await client.end()
    expect(rows).toEqual([])
    const refused = await execa(process.execPath, [script], { reject: false })
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^Give the URL of a Postgres server/) })
  })
})
