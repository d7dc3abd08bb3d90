import type { Executor } from './connect.ts'
import type { ConnectionState } from './connection-state.ts'
import { type Run, runColumns, runOf } from './runs.ts'

/*
 * What operators' commands ask, of whichever organisation: for the owner's login and the workers', which see every row.
 */

/** Whether this login sees the rows of every organisation. Throws where the tables are not there. */
export async function seesEverything(executor: Executor): Promise<boolean> {
  const { rows } = await executor.query<{ sees: boolean }>(
    `select not row_security_active('connection') or pg_has_role('worksights_worker', 'usage') as sees`,
  )
  return rows[0]?.sees ?? false
}

export type AnyConnection = {
  id: string
  organizationId: string
  workspaceName: string
  workspaceSlug: string
  state: ConnectionState
  hasToken: boolean
}

const columns = `id, organization_id as "organizationId", workspace_name as "workspaceName", workspace_slug as "workspaceSlug", state,
  token_sealed is not null as "hasToken"`

/** Every connection, oldest first, or the one with this id. */
export async function selectAnyConnections(executor: Executor, id: string | null): Promise<AnyConnection[]> {
  const { rows } = await executor.query<AnyConnection>(
    `select ${columns} from connection where $1::uuid is null or id = $1 order by created_at, id`,
    [id],
  )
  return rows
}

/** A run, whoever's it is. */
export async function readAnyRun(executor: Executor, runId: string): Promise<Run | undefined> {
  const { rows } = await executor.query<Parameters<typeof runOf>[0]>(`select ${runColumns} from run where id = $1`, [runId])
  return rows[0] ? runOf(rows[0]) : undefined
}
