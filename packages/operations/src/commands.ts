import { type AnyConnection, type Database, isEnding, migrate, noteRestored, selectAnyConnections } from '@worksights/database'
import { createQueues, migrateQueues } from '@worksights/queues'
import { queueAt, systemClock, verifiedUrl } from '@worksights/runtime'
import type { z } from 'zod'
import type { keysConfig, migrateConfig, restoredConfig, retargetConfig, runConfig } from './config.ts'
import { confirm } from './confirm.ts'
import { CommandFailure, withDatabase } from './database.ts'
import { describeLost, findLost, forgetLost } from './forget.ts'
import { describeKeys } from './keys.ts'
import { counted, firstOf, type Outcome } from './outcome.ts'
import { describeReseal, reseal } from './reseal.ts'
import { retarget } from './retarget.ts'
import { ask, follow, type Wanted } from './run.ts'
import type { Surroundings } from './terminal.ts'

/* What each command does with its configuration and options. */

/** The options do not go together. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

export async function migrateAll(config: z.output<typeof migrateConfig>, _options: object, { say }: Surroundings): Promise<Outcome> {
  const { applied } = await migrate(verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE), { log: say })
  await migrateQueues(verifiedUrl(config.QUEUE_URL, config.QUEUE_CA_FILE))
  const line = applied.length > 0 ? `Applied ${counted(applied.length, 'migration')}.` : 'The database was up to date.'
  return { ok: true, lines: [line], json: { applied } }
}

export async function showKeys(config: z.output<typeof keysConfig>): Promise<Outcome> {
  return await withDatabase(config, ({ pool }) => describeKeys({ executor: pool, keyRing: config.ENCRYPTION_KEYS }))
}

export async function resealAll(config: z.output<typeof keysConfig>, options: { dryRun?: true }, { say }: Surroundings): Promise<Outcome> {
  const dryRun = options.dryRun ?? false
  return await withDatabase(config, async ({ pool }) =>
    describeReseal(await reseal({ executor: pool, keyRing: config.ENCRYPTION_KEYS, say, dryRun }), dryRun),
  )
}

export async function forgetKey(
  config: z.output<typeof keysConfig>,
  options: { key: string; dryRun?: true; yes?: true },
  { say, ask: question }: Surroundings,
): Promise<Outcome> {
  const keyRing = config.ENCRYPTION_KEYS
  return await withDatabase(config, async database => {
    const lost = await findLost(database, keyRing, options.key)
    const lines = describeLost(lost, keyRing)
    if (lost.length === 0) return { ok: true, lines: [`Nothing is lost with ${options.key}.`], json: { tokens: 0, secrets: 0 } }
    if (options.dryRun)
      return { ok: true, lines: ['Would be given up:', ...firstOf(lines)], json: { lost: lost.map(({ thing, id }) => ({ thing, id })) } }
    for (const line of firstOf(lines)) say(line)
    await confirm(question, {
      what: `This gives up ${counted(lost.length, 'secret')} for good.`,
      word: options.key,
      yes: options.yes ?? false,
    })
    return await forgetLost(database, lost, say)
  })
}

export async function retargetAll(
  config: z.output<typeof retargetConfig>,
  options: { connection?: string; dryRun?: true },
  { say, log }: Surroundings,
): Promise<Outcome> {
  return await withDatabase(config, database =>
    retarget({
      ...{ database, say, log, clock: systemClock, keyRing: config.ENCRYPTION_KEYS, gatewayUrl: config.PUBLIC_GATEWAY_URL },
      attio: { apiUrl: config.ATTIO_API_URL, appUrl: config.ATTIO_APP_URL },
      connectionId: options.connection ?? null,
      dryRun: options.dryRun ?? false,
    }),
  )
}

export async function replay(
  config: z.output<typeof runConfig>,
  options: { connection: string; dead?: true; from?: string; to?: string },
  surroundings: Surroundings,
): Promise<Outcome> {
  const { dead, from, to } = options
  if (!dead && !from && !to) throw new UsageError('Say which deliveries: --dead, or a time by --from, --to or both.')
  return await withDatabase(config, async database => {
    const connection = await theConnection(database, options.connection)
    if (connection.state === 'disconnected') {
      throw new CommandFailure(
        'The connection is disconnected: nothing can be made of its deliveries until its workspace is connected again.',
      )
    }
    if (await isEnding(database.pool, connection.id)) throw new CommandFailure('The connection is about to be disconnected or erased.')
    const states = dead ? (['dead'] as const) : (['failed', 'dead', 'filtered', 'ignored', 'processed'] as const)
    return await run(config, database, connection, { kind: 'replay', params: { states: [...states], from, to } }, surroundings)
  })
}

export async function erase(
  config: z.output<typeof runConfig>,
  options: { connection: string; yes?: true },
  surroundings: Surroundings,
): Promise<Outcome> {
  return await withDatabase(config, async database => {
    const connection = await theConnection(database, options.connection)
    const what = `This deletes the timeline and all data of ${connection.workspaceName} for good.`
    // A workspace Attio has told no slug of is named by its connection.
    await confirm(surroundings.ask, { what, word: connection.workspaceSlug || connection.id, yes: options.yes ?? false })
    return await run(config, database, connection, { kind: 'erase', params: {} }, surroundings)
  })
}

export async function tellRestored(config: z.output<typeof restoredConfig>, options: { from: string; to: string }): Promise<Outcome> {
  const [from, to] = [new Date(options.from), new Date(options.to)]
  if (from >= to) throw new UsageError('--from must be before --to.')
  return await withDatabase(config, async database => {
    const connections = await database.transaction(client => noteRestored(client, { from, to }))
    const told = `The timelines of ${counted(connections, 'connection')} say that what was delivered from ${from.toISOString()} to ${to.toISOString()} is lost`
    return {
      ok: true,
      lines: [`${told}; each is checked within a minute.`],
      json: { connections, from: from.toISOString(), to: to.toISOString() },
    }
  })
}

async function theConnection(database: Database, id: string): Promise<AnyConnection> {
  const [connection] = await selectAnyConnections(database.pool, id)
  if (!connection) throw new CommandFailure('There is no connection with this id.')
  return connection
}

async function run(
  config: z.output<typeof runConfig>,
  database: Database,
  connection: AnyConnection,
  wanted: Wanted,
  { say, log }: Surroundings,
): Promise<Outcome> {
  const queues = createQueues({ ...queueAt(config), log })
  try {
    const { id } = await ask({ database, queues, say }, connection, wanted)
    return await follow({ executor: database.pool, say }, id)
  } finally {
    await queues.close()
  }
}
