import pg from 'pg'
import { migrate } from '../migrations.ts'

const NAME = 'worksights'

/** Makes the database on first use and brings it up to date; gives its address and the migrations applied just now. */
export async function openDatabase(serverUrl: string, log: (line: string) => void): Promise<{ url: string; applied: string[] }> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${NAME}`
  const { applied } = await migrate(url.href, { log })
  return { url: url.href, applied }
}
