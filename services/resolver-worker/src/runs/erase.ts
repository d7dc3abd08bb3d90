import {
  awaitProjections,
  eraseActivities,
  eraseConnection,
  eraseDeliveries,
  eraseEvents,
  eraseLabels,
  hideConnection,
  stateOfConnection,
  type Transaction,
} from '@worksights/database'
import { z } from 'zod'
import { endAtAttio } from './disconnect.ts'
import type { Ending, Kind, Work } from './options.ts'

/*
 * Disconnects and erases: what the connection brought goes, in the order said in the database's erase.ts; the switches of features, the audit trail and this
 * run stay. Every piece can be begun again, so a run that is taken up goes through all of them once more and finds little.
 */

const batchRows = 1_000

/** When deliveries were shut out; until the gateway has forgotten the endpoints a last few may come. */
const position = z.object({ shutOutAt: z.number() })

const pieces = [
  ['deliveries', eraseDeliveries],
  ['events', eraseEvents],
  ['lines', eraseActivities],
  ['names', eraseLabels],
] as const

export const eraseKind: Kind = {
  steps: ['webhooks', 'hide', 'deliveries', 'events', 'lines', 'names', 'connection', 'late deliveries'],
  async work(work) {
    const { run, progress, options } = work
    const connection = { id: run.connectionId, organizationId: run.organizationId }
    if (!isOver(work, 'webhooks')) {
      const ending = await endConnection(work)
      if (ending) return ending
    }
    let { shutOutAt } = position.safeParse(progress.position).data ?? { shutOutAt: null }
    if (shutOutAt === null) {
      await progress.begin('hide')
      if (!(await options.database.transaction(client => hideConnection(client, connection)))) return connectedAgain
      shutOutAt = options.clock.now()
      await progress.count({ position: { shutOutAt } })
      await progress.end('hide', 'done', 'no line of the workspace shows any more')
    }
    for (const [step, erase] of pieces) {
      if (isOver(work, step)) continue
      if (await isConnected(work)) return connectedAgain
      if (step === 'lines') await options.database.transaction(client => awaitProjections(client, connection.id))
      await eraseAll(work, step, erase)
    }
    if (!isOver(work, 'connection')) {
      await progress.begin('connection')
      if (!(await options.database.transaction(client => eraseConnection(client, connection)))) return connectedAgain
      await progress.end('connection', 'done')
    }
    return await eraseLate(work, shutOutAt)
  },
}

const connectedAgain: Ending = {
  outcome: 'failed',
  reason: 'the workspace was connected again meanwhile: the connection stays, with what was not erased by then',
}

const isOver = ({ progress }: Work, step: string) =>
  progress.steps.some(({ name, state }) => name === step && state !== 'waiting' && state !== 'running')

async function isConnected({ options, run }: Work): Promise<boolean> {
  const state = await stateOfConnection(options.database.pool, run.connectionId)
  return state !== null && state !== 'disconnected'
}

async function endConnection(work: Work): Promise<Ending | null> {
  if (await isConnected(work)) {
    return await endAtAttio(work, 'webhooks', 'Attio stops them by itself after some days, since nobody takes what they deliver')
  }
  await work.progress.end('webhooks', 'skipped', 'the connection had ended before')
  return null
}

type Erase = (client: Transaction, connectionId: string, limit: number) => Promise<number>

async function eraseAll({ options, run, progress }: Work, step: string, erase: Erase): Promise<void> {
  await progress.begin(step)
  let erased = 0
  for (;;) {
    const count = await options.database.transaction(client => erase(client, run.connectionId, batchRows))
    if (count === 0) break
    erased += count
    await progress.count({ done: erased })
  }
  await progress.end(step, 'done', `${erased} erased`)
}

/** What the gateway stored for endpoints it had not forgotten yet. */
async function eraseLate(work: Work, shutOutAt: number): Promise<Ending> {
  const { clock, endpointsForgottenAfterMs } = work.options
  const waitMs = shutOutAt + endpointsForgottenAfterMs - clock.now()
  if (waitMs > 0) {
    await work.progress.end('late deliveries', 'waiting', 'what was under way is waited for, so that nothing of it stays')
    return { outcome: 'wait', ms: waitMs }
  }
  await eraseAll(work, 'late deliveries', eraseDeliveries)
  return { outcome: 'done' }
}
