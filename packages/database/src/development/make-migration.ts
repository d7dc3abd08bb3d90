import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../migrate.ts'
import { findDrift, readSchema } from './drift.ts'

/*
 * node src/development/make-migration.ts postgres://…   prints the SQL of the migration that schema.prisma lacks
 *
 * Works in a database of its own on that server, made for the purpose and dropped at the end. Put what it prints into a new folder of
 * prisma/migrations, read it, and add by hand what the schema cannot say.
 */

const server = process.argv[2]
if (!server || !URL.canParse(server)) {
  console.error('Give the URL of a Postgres server on which a scratch database may be made: postgres://user:password@host/database')
  process.exit(1)
}
const admin = new pg.Client({ connectionString: server, connectionTimeoutMillis: 5_000 })
await admin.connect()
const scratch = new URL(server)
scratch.pathname = `worksights_migration_${randomBytes(6).toString('hex')}`
const name = scratch.pathname.slice(1)
await admin.query(`create database ${name}`)
try {
  await migrate(scratch.href)
  const sql = await findDrift(scratch.href, await readSchema())
  if (sql === null) console.error('The migrations say what schema.prisma says: nothing to do.')
  else process.stdout.write(sql)
} finally {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
}
