import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'

/*
 * Compares a database with schema.prisma by Prisma's own schema engine, in its build as WebAssembly: the native one that the CLI uses has to be downloaded.
 * For development and tests only.
 *
 * What the schema cannot say does not count as a difference: the engine does not see partial indexes, checks, policies, roles or functions, nor other
 * database schemas (the queues have their own). Those are guarded by the tests that need them.
 */

const schemaPath = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))

export const readSchema = (): Promise<string> => readFile(schemaPath, 'utf8')

/** Postgres's one-byte type `"char"`, which its catalogue is full of. */
const charOid = 18
const textOid = 25

/** Prisma's adapter refuses `"char"` columns, and the engine wants them told from text: they pass as text and get their type back after. */
function createAdapterFactory(pool: pg.Pool): PrismaPg {
  const charColumns = new WeakMap<readonly unknown[], number[]>()
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>
  const queryWithChars = async (config: pg.QueryConfig) => {
    const result = await query(config)
    const chars = result.fields.flatMap((field, place) => (field.dataTypeID === charOid ? [place] : []))
    charColumns.set(result.rows, chars)
    for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = textOid
    return result
  }
  pool.query = queryWithChars as typeof pool.query
  const factory = new PrismaPg(pool)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async query => {
      const result = await queryRaw(query)
      for (const place of charColumns.get(result.rows) ?? []) result.columnTypes[place] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
  return factory
}

/** The SQL that brings the database at `url` to what `schema` (the text of schema.prisma) says; null when it is there. */
export async function findDrift(url: string, schema: string): Promise<string | null> {
  const pool = new pg.Pool({ connectionString: url, application_name: 'worksights-drift', max: 1, connectionTimeoutMillis: 5_000 })
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(createAdapterFactory(pool))
    const engine = await SchemaEngine.new({ datamodels: [[schemaPath, schema]] }, () => {}, adapter)
    const files = [{ path: schemaPath, content: schema }]
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', configDir: '.', files },
      to: { tag: 'schemaDatamodel', files },
      filters: { externalTables: [], externalEnums: [] },
      script: true,
      exitCode: true,
    })
    return exitCode === 0 ? null : stdout
  } finally {
    await pool.end()
  }
}
