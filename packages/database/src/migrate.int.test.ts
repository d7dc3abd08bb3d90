import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import pg from 'pg'
import { migrate } from './migrate.ts'

let server: TestDatabase
let admin: pg.Client
beforeAll(async () => {
  server = await createTestDatabase()
  admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await server.drop()
})

let url: string
let name: string
let folder: string
let made = 0
beforeEach(async () => {
  made += 1
  name = `migrate_${process.pid}_${made}`
  await admin.query(`create database ${name}`)
  url = Object.assign(new URL(server.url), { pathname: name }).href
  folder = await mkdtemp(join(tmpdir(), 'worksights-migrations-'))
})
afterEach(async () => {
  await admin.query(`drop database ${name} with (force)`)
  await rm(folder, { recursive: true })
})

async function write(migration: string, sql: string): Promise<void> {
  await mkdir(join(folder, migration), { recursive: true })
  await writeFile(join(folder, migration, 'migration.sql'), sql)
}
const run = (log?: (line: string) => void) => migrate(url, { migrationsFolder: folder, ...(log ? { log } : {}) })

async function rows(sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows
}
const history = () =>
  rows('select migration_name, finished_at is not null as finished from "_prisma_migrations" order by started_at, migration_name')
const exists = async (table: string) => (await rows(`select to_regclass('${table}') is not null as there`))[0]

describe('migrations', () => {
  test('are applied once, in the order of their names, and told', async () => {
    await write('2_two', 'insert into one values (2)')
    await write('1_one', 'create table one (n int)')
    const told: string[] = []
    expect(await run(line => told.push(line))).toEqual({ applied: ['1_one', '2_two'] })
    expect(told).toEqual(['applying 1_one', 'applying 2_two'])
    expect(await run()).toEqual({ applied: [] })
    expect(await rows('select n from one')).toEqual([{ n: 2 }])
  })

  test('are applied once by runners that start together', async () => {
    await write('1_one', 'create table one (n int)')
    await write('2_two', 'insert into one values (2)')
    const done = await Promise.all([run(), run(), run()])
    expect(done.flatMap(each => each.applied)).toEqual(['1_one', '2_two'])
    expect(await rows('select n from one')).toEqual([{ n: 2 }])
  })

  test('build an index concurrently while another runner waits', async () => {
    await write('1_one', 'create table one (n int)')
    await run()
    await write('2_index', '-- no-transaction\ncreate index concurrently one_n on one (n)')
    // An older transaction holds the build back, so that the other runner certainly waits meanwhile.
    const older = new pg.Client({ connectionString: url })
    await older.connect()
    await older.query('begin isolation level repeatable read')
    await older.query('select * from one')
    const runners = Promise.all([run(), run()])
    await waitFor(`select 1 from pg_stat_activity where datname = '${name}' and query like '%concurrently%' and wait_event_type = 'Lock'`)
    await older.query('commit')
    await older.end()
    expect((await runners).flatMap(each => each.applied)).toEqual(['2_index'])
    expect(await rows(`select indisvalid from pg_index where indexrelid = 'one_n'::regclass`)).toEqual([{ indisvalid: true }])
  })

  test('leave nothing of a file behind whose statement fails, and go on from there when it is mended', async () => {
    await write('1_one', 'create table one (n int)')
    await write('2_two', 'create table two (n int); insert into two values (1); insert into nowhere values (1)')
    await write('3_three', 'create table three (n int)')
    await expect(run()).rejects.toThrow(/nowhere/)
    expect(await history()).toEqual([{ migration_name: '1_one', finished: true }])
    expect([await exists('two'), await exists('three')]).toEqual([{ there: false }, { there: false }])
    await write('2_two', 'create table two (n int)')
    expect(await run()).toEqual({ applied: ['2_two', '3_three'] })
  })

  test('refuse a file that was edited after it had been applied, and apply nothing after it', async () => {
    await write('1_one', 'create table one (n int)')
    await run()
    await write('1_one', 'create table one (n bigint)')
    await write('2_two', 'create table two (n int)')
    await expect(run()).rejects.toThrow('Migration 1_one was edited after it had been applied.')
    expect(await exists('two')).toEqual({ there: false })
  })

  test('tell of a file without a transaction that stopped half-way, until somebody has mended the database', async () => {
    await write('1_one', 'create table one (n int); insert into one values (1), (1)')
    await write('2_unique', '-- no-transaction\ncreate unique index concurrently one_n on one (n)')
    await expect(run()).rejects.toThrow(/could not create unique index/)
    expect(await history()).toEqual([
      { migration_name: '1_one', finished: true },
      { migration_name: '2_unique', finished: false },
    ])
    await expect(run()).rejects.toThrow('Migration 2_unique was begun and not finished.')
    await rows('drop index one_n')
    await rows('delete from one')
    await rows(`update "_prisma_migrations" set rolled_back_at = now() where migration_name = '2_unique'`)
    expect(await run()).toEqual({ applied: ['2_unique'] })
  })

  test('let a newer database be: a migration this release does not know is left alone', async () => {
    await write('1_one', 'create table one (n int)')
    await write('2_two', 'create table two (n int)')
    await run()
    await rm(join(folder, '2_two'), { recursive: true })
    expect(await run()).toEqual({ applied: [] })
  })

  test('of this release make a database from nothing', async () => {
    const { applied } = await migrate(url)
    expect(applied.length).toBeGreaterThan(0)
    expect(await exists('activity')).toEqual({ there: true })
    expect(await migrate(url)).toEqual({ applied: [] })
  })
})

async function waitFor(sql: string): Promise<void> {
  while ((await admin.query(sql)).rowCount === 0) await pause(5)
}
