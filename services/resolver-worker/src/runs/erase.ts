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
    const before = await stateOfConnection(options.database.pool, connection.id)
    if (before === null || before === 'disconnected') await skip(work, 'webhooks', 'the connection had ended before')
    else {
      const ending = await endAtAttio(work, 'webhooks', 'Attio stops them by itself after some days, since nobody takes what they deliver')
      if (ending) return ending
    }
    let { shutOutAt } = position.safeParse(progress.position).data ?? { shutOutAt: null }
    if (shutOutAt === null) {
      await progress.begin('hide')
      await options.database.transaction(client => hideConnection(client, connection))
      shutOutAt = options.clock.now()
      await progress.count({ position: { shutOutAt } })
      await progress.end('hide', 'done', 'no line of the workspace shows any more')
    }
    for (const [step, erase] of pieces) {
      if (isOver(work, step)) continue
      if (step === 'lines') await options.database.transaction(client => awaitProjections(client, connection.id))
      await eraseAll(work, step, erase)
    }
    return isOver(work, 'connection')
      ? await eraseLate(work, shutOutAt)
      : ((await endConnection(work)) ?? (await eraseLate(work, shutOutAt)))
  },
}

const isOver = ({ progress }: Work, step: string) => progress.steps.some(({ name, state }) => name === step && state === 'done')

async function skip({ progress }: Work, step: string, detail: string): Promise<void> {
  const isWaiting = progress.steps.some(({ name, state }) => name === step && (state === 'waiting' || state === 'running'))
  if (isWaiting) await progress.end(step, 'skipped', detail)
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

async function endConnection({ options, run, progress }: Work): Promise<Ending | null> {
  await progress.begin('connection')
  const isErased = await options.database.transaction(client =>
    eraseConnection(client, { id: run.connectionId, organizationId: run.organizationId }),
  )
  if (!isErased)
    return {
      outcome: 'failed',
      reason: 'the workspace was connected again meanwhile: what had come before is erased, the connection stays',
    }
  await progress.end('connection', 'done')
  return null
}

/** What the gateway stored for endpoints it had not forgotten yet. */
async function eraseLate(work: Work, shutOutAt: number): Promise<Ending> {
  const { clock, endpointsForgottenAfterMs } = work.options
  const waitMs = shutOutAt + endpointsForgottenAfterMs - clock.now()
  if (waitMs > 0) return { outcome: 'wait', ms: waitMs }
  await eraseAll(work, 'late deliveries', eraseDeliveries)
  return { outcome: 'done' }
}
