import pg from 'pg'
import { migrate, migrateQueues } from '../migrations.ts'
import { createLogins, type Logins } from '../postgres/logins.ts'

const NAME = 'worksights'

/** Makes the database on first use and brings it up to date; gives its owner's address, those of the services, and the migrations applied just now. */
export async function openDatabase(
  serverUrl: string,
  log: (line: string) => void,
): Promise<{ url: string; logins: Logins; applied: string[] }> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`)
    const url = Object.assign(new URL(serverUrl), { pathname: `/${NAME}` }).href
    const { applied } = await migrate(url, { log })
    await migrateQueues(url)
    return { url, logins: await createLogins(client, url), applied }
  } finally {
    await client.end()
  }
}
