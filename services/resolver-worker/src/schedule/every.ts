import type { Database, Transaction } from '@worksights/database'
import type { Logger } from '@worksights/runtime'

export type Scheduled = { stop(): Promise<void> }

/**
 * Runs a piece of work every `intervalMs` in one process at a time: on a plain timer, under a Postgres advisory lock, so that it needs no queue and two
 * pods do not do it twice. A run that fails is logged and the next one comes; runs never overlap.
 */
export function every(
  { database, log }: { database: Database; log: Logger },
  name: string,
  intervalMs: number,
  work: (client: Transaction) => Promise<void>,
): Scheduled {
  let running: Promise<void> = Promise.resolve()
  const run = async () => {
    try {
      await database.transaction(async client => {
        const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine', [
          `schedule:${name}`,
        ])
        if (rows[0]?.mine) await work(client)
      })
    } catch (error) {
      log.warn({ schedule: name, err: error }, 'scheduled work failed')
    }
  }
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = run().finally(() => {
      busy = false
    })
  }, intervalMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
