import { recordReset } from './changes.ts'
import type { Executor, Transaction } from './connect.ts'
import { type Run, requestRun } from './runs.ts'
import type { Scope } from './tenant.ts'
import { listsWithAccess } from './visibility.ts'

/*
 * Private lists. What Attio says of a list and what an admin says of it decide together whether its lines show: when they are read (visibility.ts), and when
 * an event is decided, since events about a hidden list make no line at all. Whoever changes either does it in `changeLists`, alone; whoever withholds an
 * event or takes it back asks `holdHiddenLists` in the transaction in which it does so, and nobody changes lists meanwhile. So an event is either decided by
 * what is true now, or filtered before the change and worked again because of it.
 */

const lockKey = (connectionId: string) => `lists:${connectionId}`

/** Of these lists of a connection those that are hidden now. */
export async function hiddenLists(executor: Executor, connectionId: string, listIds: readonly string[]): Promise<Set<string>> {
  if (listIds.length === 0) return new Set()
  const { rows } = await executor.query<{ id: string }>(
    `select id from (${listsWithAccess} and k.id = $1 and l.id = any($2::text[])) list where not shown`,
    [connectionId, listIds],
  )
  return new Set(rows.map(row => row.id))
}

/** The same, and it stays so until the transaction ends. To be asked before lanes or rows are locked: who changes lists is waited for. */
export async function holdHiddenLists(client: Transaction, connectionId: string, listIds: readonly string[]): Promise<Set<string>> {
  if (listIds.length === 0) return new Set()
  await client.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockKey(connectionId)])
  return await hiddenLists(client, connectionId, listIds)
}

/** The reason of events about a hidden list: what is worked again when the list shows. */
export const privateListReason = 'private list'

/**
 * Runs `work`, which changes what is known of a connection's lists or what is allowed of them. If that hid or showed one, open streams are told, and
 * where one shows now, the deliveries it was withheld from are worked again: `run` is that replay, queue `runs` is to be hinted of it. In one transaction,
 * which must hold no lock of a lane or a delivery.
 */
export async function changeLists<T>(
  client: Transaction,
  connection: { id: string; organizationId: string; requestedBy?: string | null },
  work: () => Promise<T>,
): Promise<{ result: T; run: Run | null }> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lockKey(connection.id)])
  const read = async () => {
    const { rows } = await client.query<{ id: string; shown: boolean }>(`select id, shown from (${listsWithAccess} and k.id = $1) list`, [
      connection.id,
    ])
    return { known: rows.map(row => row.id), hidden: rows.filter(row => !row.shown).map(row => row.id) }
  }
  const before = await read()
  const result = await work()
  const after = await read()
  const shown = before.hidden.filter(id => !after.hidden.includes(id))
  const changed = [...shown, ...after.hidden.filter(id => !before.hidden.includes(id))]
  const met = changed.filter(id => !before.known.includes(id))
  // A private list that is met for the first time is worth a reset only where lines told of it before.
  if (changed.length > met.length || (await isTold(client, connection.organizationId, met))) {
    await recordReset(client, connection.organizationId)
  }
  return { result, run: shown.length > 0 && (await isWorked(client, connection.id)) ? await replayWithheld(client, connection) : null }
}

/** Whether there is a line about one of the lists. */
async function isTold(client: Transaction, organizationId: string, listIds: readonly string[]): Promise<boolean> {
  if (listIds.length === 0) return false
  const { rows } = await client.query<{ told: boolean }>(
    'select exists (select from activity where organization_id = $1 and list_id = any($2::text[])) as told',
    [organizationId, listIds],
  )
  return rows[0]?.told ?? false
}

/** Without a connection to Attio nothing can be worked: it would be ignored for that instead. */
async function isWorked(client: Transaction, connectionId: string): Promise<boolean> {
  const { rowCount } = await client.query(`select from connection where id = $1 and state <> 'disconnected'`, [connectionId])
  return rowCount === 1
}

async function replayWithheld(
  client: Transaction,
  connection: { id: string; organizationId: string; requestedBy?: string | null },
): Promise<Run> {
  // By the clock deliveries are received by. What comes later is decided by what is true now.
  const { rows } = await client.query<{ until: Date }>(`select clock_timestamp() + interval '1 millisecond' as until`)
  const to = rows[0]?.until.toISOString()
  const { run } = await requestRun(client, {
    ...{ organizationId: connection.organizationId, connectionId: connection.id, requestedBy: connection.requestedBy ?? null },
    kind: 'replay',
    // Named by its time: a run under way for another list has passed deliveries that this one has to look at.
    params: { states: ['filtered', 'processed'], eventReason: privateListReason, to, cause: `lists shown ${to}` },
  })
  return run
}

export type ListAccess = 'workspace' | 'private' | 'unknown'

export type ListSummary = {
  id: string
  connectionId: string
  workspaceName: string
  /** Null while it was never read. */
  name: string | null
  /** Slugs of the objects whose records it holds. */
  objects: string[]
  access: ListAccess
  shown: boolean
  /** An event said so. */
  deleted: boolean
}

const summary = `select id, connection_id as "connectionId", workspace_name as "workspaceName", name, coalesce(details->'objects', '[]') as objects,
  case when private then 'private' when state = 'pending' then 'unknown' else 'workspace' end as access, shown, deleted`

/** The lists that are known, of one connection or of all, by name. */
export async function selectLists(scope: Scope, connectionId: string | undefined): Promise<ListSummary[]> {
  const { rows } = await scope.query<ListSummary>(
    `${summary} from (${listsWithAccess} and k.organization_id = $1 and ($2::uuid is null or k.id = $2)) list
     order by lower(name), id`,
    [scope.organizationId, connectionId ?? null],
  )
  return rows
}

export async function selectList(scope: Scope, connectionId: string, listId: string): Promise<ListSummary | undefined> {
  const { rows } = await scope.query<ListSummary>(
    `${summary} from (${listsWithAccess} and k.organization_id = $1 and k.id = $2 and l.id = $3) list`,
    [scope.organizationId, connectionId, listId],
  )
  return rows[0]
}

/** An admin's word on one list, which outweighs the one on all; to be run in `changeLists`. False when it was the word already. */
export async function allowList(scope: Scope, list: { connectionId: string; id: string }, shown: boolean): Promise<boolean> {
  const { rowCount } = await scope.query(
    `insert into list_permission as p (connection_id, list_id, organization_id, shown) values ($1, $2, $3, $4)
     on conflict (connection_id, list_id) do update set shown = excluded.shown, updated_at = now() where p.shown <> excluded.shown`,
    [list.connectionId, list.id, scope.organizationId, shown],
  )
  return rowCount === 1
}

/** An admin's word on every private list of a connection, those yet to come too; takes back the words on single ones. To be run in `changeLists`. False when nothing was changed by it. */
export async function allowPrivateLists(scope: Scope, connectionId: string, shown: boolean): Promise<boolean> {
  const own = [connectionId, scope.organizationId]
  const singles = await scope.query('delete from list_permission where connection_id = $1 and organization_id = $2', own)
  const all = await scope.query(
    `update connection set private_lists_shown = $3, updated_at = now() where id = $1 and organization_id = $2 and private_lists_shown <> $3`,
    [...own, shown],
  )
  return Boolean(singles.rowCount || all.rowCount)
}

export type ListsOfConnection = { connectionId: string; workspaceName: string; privateListsShown: boolean }

/** What an admin said of all private lists, of one connection or of each, oldest connection first. */
export async function selectPrivateListsShown(scope: Scope, connectionId: string | undefined): Promise<ListsOfConnection[]> {
  const { rows } = await scope.query<ListsOfConnection>(
    `select id as "connectionId", workspace_name as "workspaceName", private_lists_shown as "privateListsShown"
     from connection where organization_id = $1 and ($2::uuid is null or id = $2) order by created_at, id`,
    [scope.organizationId, connectionId ?? null],
  )
  return rows
}
