import type { Database, Transaction } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import type { Instruments } from '../instruments.ts'

/** What a run of work gives that was left to another process. */
const skipped = Symbol('skipped')

/** `ran` is told of each run's end. */
type Watch = { log: Logger; ran?: Instruments['ran'] }

export type Scheduled = { stop(): Promise<void> }

/**
 * Runs a piece of work every `intervalMs` on a plain timer, in each process: for work that shares itself out by claims. A run that fails is logged and the
 * next one comes; runs never overlap. `stopping` aborts when no more is to be begun.
 */
export function repeat(
  { log, ran = () => {} }: Watch,
  name: string,
  intervalMs: number,
  work: (stopping: AbortSignal) => Promise<unknown>,
): Scheduled {
  const stopping = new AbortController()
  let running: Promise<unknown> | undefined
  const timer = setInterval(() => {
    running ??= work(stopping.signal)
      .then(
        result => ran({ task: name, outcome: result === skipped ? 'skipped' : 'done' }),
        error => {
          ran({ task: name, outcome: 'failed' })
          log.warn({ schedule: name, err: error }, 'scheduled work failed')
        },
      )
      .finally(() => {
        running = undefined
      })
  }, intervalMs)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}

/** As `repeat`, but in one process at a time: under a Postgres advisory lock, so that it needs no queue and two pods do not do it twice. */
export function every(
  { database, ...watch }: Watch & { database: Database },
  name: string,
  intervalMs: number,
  work: (client: Transaction) => Promise<void>,
): Scheduled {
  return repeat(watch, name, intervalMs, () =>
    database.transaction(async client => {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine', [
        `schedule:${name}`,
      ])
      if (!rows[0]?.mine) return skipped
      await work(client)
    }),
  )
}
