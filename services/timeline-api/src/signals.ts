import { connectionStates, type Database, readWorkSignals, stages, type WorkSignals, webhookStatuses } from '@worksights/database'
import { type Clock, createLogLimit, type Logger, type Metrics, within } from '@worksights/runtime'

/*
 * What waits in all of the installation, from Postgres: what workers are scaled by. Every replica tells the same, so whoever asks takes the highest. It is read
 * when somebody asks for metrics, and not more often than every five seconds however many do. What cannot be read is not told, rather than told as it was.
 */

const readEveryMs = 5_000
/** For the statement; below what a scrape usually waits for. */
const statementTimeoutMs = 2_000
/** The wait for a connection included. */
const answerTimeoutMs = 3_000

export type SignalOptions = { database: Pick<Database, 'transaction'>; meter: Metrics['meter']; clock: Clock; log: Logger }

export function observeSignals({ database, meter, clock, log }: SignalOptions): void {
  const failures = meter.createCounter('worksights.signals.failures', {
    description: 'Times that what waits could not be read from the database; its gauges are missing then',
  })
  failures.add(0)
  const limit = createLogLimit({ everyMs: 60_000, clock })
  let last: { at: number; signals: Promise<WorkSignals | null> } | undefined

  async function read(): Promise<WorkSignals | null> {
    try {
      return await within(
        readWorkSignals(database, statementTimeoutMs),
        answerTimeoutMs,
        `The database did not answer within ${answerTimeoutMs} ms.`,
      )
    } catch (error) {
      failures.add(1)
      limit(heldBack => log.warn({ err: error, heldBack }, 'what waits could not be read; its metrics are missing'))
      return null
    }
  }

  function current(): Promise<WorkSignals | null> {
    const now = clock.now()
    if (!last || Math.abs(now - last.at) >= readEveryMs) last = { at: now, signals: read() }
    return last.signals
  }

  const age = meter.createObservableGauge('worksights.stage.oldest_due.age', {
    description: 'For how long the oldest work of a stage could have been taken; 0 where none waits',
    unit: 's',
  })
  const due = meter.createObservableGauge('worksights.stage.due', {
    description: 'Work of a stage that could be taken now: not what is being worked, nor what is to wait',
  })
  const parked = meter.createObservableGauge('worksights.deliveries.parked', {
    description: 'Deliveries that wait for their connection to be authorised anew',
  })
  const dead = meter.createObservableGauge('worksights.deliveries.dead', { description: 'Dead letters; counted up to 100,000' })
  const connections = meter.createObservableGauge('worksights.connections', { description: 'Connections, by state' })
  const webhooks = meter.createObservableGauge('worksights.webhooks', { description: 'Webhooks at Attio, by status' })
  meter.addBatchObservableCallback(
    async result => {
      const signals = await current()
      if (!signals) return
      for (const stage of stages) {
        result.observe(age, signals.stages[stage].oldestDueAge, { stage })
        result.observe(due, signals.stages[stage].due, { stage })
      }
      result.observe(parked, signals.parked)
      result.observe(dead, signals.dead)
      for (const state of connectionStates) result.observe(connections, signals.connections[state], { state })
      for (const status of webhookStatuses) result.observe(webhooks, signals.webhooks[status], { status })
    },
    [age, due, parked, dead, connections, webhooks],
  )
}
