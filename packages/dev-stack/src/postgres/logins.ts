import { randomBytes } from 'node:crypto'
import type pg from 'pg'

export type Logins = {
  /** Of the timeline API: row-level security shows it one organisation at a time. */
  api: string
  /** Of gateway, resolver and coalescer. */
  worker: string
}

/**
 * Gives the roles that migrations make a login each, as an operator does, with a new password each time, and tells the addresses by which they reach
 * the database at `url`.
 */
export async function createLogins(client: Pick<pg.Client, 'query'>, url: string): Promise<Logins> {
  const create = async (name: string, role: string): Promise<string> => {
    const password = randomBytes(24).toString('base64url')
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
    await client.query(`${rowCount ? 'alter' : 'create'} role ${name} login password '${password}'`)
    await client.query(`grant ${role} to ${name}`)
    return Object.assign(new URL(url), { username: name, password }).href
  }
  return { api: await create('timeline_api', 'worksights_api'), worker: await create('workers', 'worksights_worker') }
}
