import { setTimeout as sleep } from 'node:timers/promises'
import { endpointUrl, openUpkeep, type Retargeted, retargetWebhooks, type Upkeep, type UpkeepOptions } from '@worksights/connections'
import { type AnyConnection, listWebhooksOfConnection, selectAnyConnections, type WebhookRow } from '@worksights/database'
import { SealedSecretError } from '@worksights/runtime'
import { counted, type Outcome, type Say } from './outcome.ts'

/*
 * Moves the webhooks of every connection to the gateway's present address, one connection after the other. One that fails is named, and the others go on. Running
 * it again does what is left.
 */

/** Attio is asked this often, with growing pauses, before a connection counts as failed. */
const attempts = 6
const firstPauseMs = 1_000

type Result = { connection_id: string; workspace: string; outcome: string; problem: string | null; webhooks: number }

export type RetargetOptions = UpkeepOptions & { say: Say; connectionId: string | null; dryRun: boolean }

export async function retarget(options: RetargetOptions): Promise<Outcome> {
  const { database, say, dryRun, connectionId, gatewayUrl } = options
  const found = await selectAnyConnections(database.pool, connectionId)
  const connections = found.filter(connection => connection.state !== 'disconnected')
  if (connectionId !== null && connections.length === 0) {
    const problem = found.length > 0 ? 'It is disconnected: it has no webhooks.' : 'There is no such connection.'
    return { ok: false, lines: [problem], json: { results: [] } }
  }
  const results: Result[] = []
  for (const [index, connection] of connections.entries()) {
    const result = await retargetOne(options, connection)
    results.push(result)
    say(`${index + 1}/${connections.length} ${connection.workspaceName} (${connection.id}): ${result.problem ?? result.outcome}`)
  }
  const failed = results.filter(({ problem }) => problem !== null)
  const moved = results.reduce((sum, { webhooks }) => sum + webhooks, 0)
  const lines = [
    `${counted(moved, 'webhook')} of ${counted(connections.length, 'connection')} ${dryRun ? 'would be moved' : 'moved'} to ${gatewayUrl}.`,
    ...failed.map(({ workspace, connection_id, problem }) => `Failed: ${workspace} (${connection_id}): ${problem}`),
  ]
  return { ok: failed.length === 0, lines, json: { dry_run: dryRun, gateway_url: gatewayUrl, results } }
}

async function retargetOne(options: RetargetOptions, connection: AnyConnection): Promise<Result> {
  const result = (outcome: string, problem: string | null, webhooks = 0): Result => ({
    ...{ connection_id: connection.id, workspace: connection.workspaceName, outcome, problem, webhooks },
  })
  try {
    const upkeep = await openUpkeep(options, connection.id)
    if (!upkeep) return result('gone', null)
    const rows = await upkeep.store.transaction(client => listWebhooksOfConnection(client, connection.id))
    if (!rows.some(row => row.attioWebhookId !== null)) return result('nothing to move', null)
    if (!upkeep.attio) return result('failed', problems.token_dead)
    if (options.dryRun) return await preview({ ...upkeep, attio: upkeep.attio }, rows, result)
    const retargeted = await patiently(() => retargetWebhooks(upkeep), options.say)
    if (retargeted.outcome === 'not_connected') return result('nothing to move', null)
    if (retargeted.outcome !== 'retargeted') return result('failed', problems[retargeted.outcome])
    const { changed, unchanged, refused } = retargeted
    if (refused > 0) return result('failed', `Attio refused the address for ${counted(refused, 'webhook')}: it takes https only.`, changed)
    return result(`${changed} moved, ${unchanged} there already`, null, changed)
  } catch (error) {
    // One connection's trouble is not the others'.
    if (error instanceof SealedSecretError) return result('failed', `Its token cannot be opened. ${error.message}`)
    return result('failed', error instanceof Error ? error.message : 'What was thrown is not an Error.')
  }
}

const problems: Record<'token_dead' | 'unreachable', string> = {
  token_dead: 'Its token is dead or gone: an admin has to connect the workspace again, which moves the webhooks too.',
  unreachable: 'Attio does not answer. Run this again.',
}

async function patiently(work: () => Promise<Retargeted>, say: Say): Promise<Retargeted> {
  for (let attempt = 1; ; attempt += 1) {
    const retargeted = await work()
    if (retargeted.outcome !== 'unreachable' || attempt === attempts) return retargeted
    const pauseMs = firstPauseMs * 2 ** (attempt - 1)
    say(`Attio does not answer, or asks to wait: again in ${pauseMs / 1000} s`)
    await sleep(pauseMs)
  }
}

/** How many webhooks have another address at Attio than they would have. */
async function preview(
  { attio, gatewayUrl }: Upkeep & { attio: NonNullable<Upkeep['attio']> },
  rows: readonly WebhookRow[],
  result: (outcome: string, problem: string | null, webhooks?: number) => Result,
): Promise<Result> {
  const remote = await attio.listWebhooks()
  if (!remote.ok) {
    const self = await attio.self()
    return result('failed', self.ok && !self.data.active ? problems.token_dead : problems.unreachable)
  }
  const elsewhere = rows.filter(row => {
    const webhook = remote.data.find(candidate => candidate.id.webhook_id === row.attioWebhookId)
    return webhook !== undefined && webhook.target_url !== endpointUrl(gatewayUrl, row.endpointId)
  })
  return result(`${elsewhere.length} to move`, null, elsewhere.length)
}
