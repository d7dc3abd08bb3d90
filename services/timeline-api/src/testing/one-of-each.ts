import type { Database } from '@worksights/database'
import { v7 as uuid } from 'uuid'
import { insertConnection, insertLine, insertMember } from './lines.ts'

/** One thing of each kind that a request can name. */
export type OneOfEach = { connection: string; member: string; user: string; list: string; line: string; delivery: string; run: string }

/** Gives an organisation one of everything; answers with the ids. */
export async function insertOneOfEach(database: Database, org: string): Promise<OneOfEach> {
  const fixture = await insertConnection(database, org)
  const place = { connection: fixture.connectionId, organization: fixture.organizationId }
  const member = uuid()
  const { userId } = await insertMember(database, fixture, { id: member })
  const line = await insertLine(database.pool, fixture, { memberId: member })
  const [list, delivery, run] = [uuid(), uuid(), uuid()]
  await database.pool.query(
    `insert into label (connection_id, type, id, parent_id, state, name, details) values ($1, 'list', $2, '', 'known', 'Board', '{"slug":"board","access":null,"parents":["people"]}')`,
    [place.connection, list],
  )
  await database.pool.query(
    `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state, finished_at)
     values ($1, $2, $3, $4, '{"webhook_id":"w","events":[]}', '{record.created}', now(), 'processed', now())`,
    [delivery, place.organization, place.connection, uuid()],
  )
  await database.pool.query(`insert into run (id, organization_id, connection_id, kind, state) values ($1, $2, $3, 'refresh', 'done')`, [
    run,
    place.organization,
    place.connection,
  ])
  return { connection: place.connection, member, user: userId ?? '', list, line, delivery, run }
}
