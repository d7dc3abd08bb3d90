import { type Disconnected, disconnect, openUpkeep, type Upkeep } from '@worksights/connections'
import { WorkspaceBusyError } from '@worksights/database'
import { SealedSecretError } from '@worksights/runtime'
import type { Ending, Kind, Work } from './options.ts'

/*
 * Disconnects: our webhooks at Attio are deleted, the token is forgotten, the timeline stays. While Attio does not answer it is tried again; in the end the
 * connection ends without it, since that is what people asked for.
 */

export const disconnectKind: Kind = {
  steps: ['webhooks', 'token'],
  async work(work) {
    const ending = await endAtAttio(work, 'webhooks', 'what they deliver makes no line, and connecting the workspace again removes them')
    if (ending) return ending
    await work.progress.end('token', 'done', 'forgotten')
    return { outcome: 'done' }
  },
}

/**
 * The step that ends the connection at Attio, if it has not ended; null when the run can go on. `leftovers` says what becomes of webhooks that could not be
 * deleted.
 */
export async function endAtAttio(work: Work, step: string, leftovers: string): Promise<Ending | null> {
  const { progress, isLastAttempt } = work
  await progress.begin(step)
  const upkeep = await upkeepOf(work)
  const ended = await end(upkeep, isLastAttempt)
  switch (ended.outcome) {
    case 'busy':
      return { outcome: 'again', reason: 'the workspace is being connected or checked at this moment' }
    case 'unreachable':
      return { outcome: 'again', reason: 'Attio does not answer' }
    case 'not_found':
      await progress.end(step, 'skipped', 'the connection is not there any more')
      return null
    case 'disconnected':
      if (ended.webhooks === 'deleted') await progress.end(step, 'done', 'deleted at Attio')
      else await progress.end(step, 'failed', `${kept[ended.webhooks]}: ${leftovers}`)
      return null
  }
}

async function end(upkeep: Upkeep | null, insist: boolean): Promise<Disconnected | { outcome: 'busy' }> {
  if (!upkeep) return { outcome: 'not_found' }
  try {
    return await disconnect(upkeep, { evenIfUnreachable: insist })
  } catch (error) {
    if (error instanceof WorkspaceBusyError) return { outcome: 'busy' }
    throw error
  }
}

const kept = {
  token_dead: 'Attio takes the token no more, so they could not be deleted there',
  forbidden: 'The token may not delete webhooks, so they are still there',
  left_behind: 'Attio did not answer, so they may still be there',
}

/** The upkeep of the run's connection, without a token where the key ring does not open it; null when the connection is not there any more. */
async function upkeepOf({ options, run }: Work): Promise<Upkeep | null> {
  try {
    return await openUpkeep(options, run.connectionId)
  } catch (error) {
    if (!(error instanceof SealedSecretError)) throw error
    const { database, keyRing, gatewayUrl, clock, log } = options
    log.error(
      { connectionId: run.connectionId, err: error },
      'a connection ends without its token, which cannot be opened: check ENCRYPTION_KEYS',
    )
    const store = { organizationId: run.organizationId, transaction: database.transaction }
    const common = { store, keyRing, gatewayUrl, clock, log, connection: { id: run.connectionId } }
    return { ...common, attio: null, introspect: null, isCurrent: async () => true }
  }
}
