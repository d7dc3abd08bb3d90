import type { Executor } from './connect.ts'
import type { ConnectionState } from './connection-state.ts'
import type { Endpoint } from './endpoints.ts'
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

/** The newest endpoint whose secret is known and which was not replaced, whoever's it is; with the id Attio posts to. */
export async function findAnyEndpoint(executor: Executor): Promise<(Endpoint & { endpointId: string }) | null> {
  const { rows } = await executor.query<Endpoint & { endpointId: string }>(
    `select endpoint_id as "endpointId", id as "webhookId", connection_id as "connectionId", organization_id as "organizationId",
       secret_sealed as "secretSealed", secret_key_id as "secretKeyId"
     from webhook where secret_sealed is not null and retired_at is null order by created_at desc, id desc limit 1`,
  )
  return rows[0] ?? null
}
