import { setTimeout as pause } from 'node:timers/promises'
import { eventId, type StoredEvent } from '@worksights/activity'
import { type Database, openDatabase } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { createLogger } from '@worksights/runtime'
import { coalesceTurn } from '../turn.ts'

/*
 * A database with several workers on it, for tests.
 */

export type Workshop = {
  database: Database
  /** Each with connections of its own. */
  workers: Database[]
  /** Another worker, which the test closes. */
  hire(name: string): Database
  close(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const testDatabase = await createTestDatabase()
  const hire = (name: string) => openDatabase({ url: testDatabase.url, applicationName: name, max: 4 })
  const workers = [1, 2, 3].map(number => hire(`worker-${number}`))
  const database = hire('test')
  return {
    database,
    workers,
    hire,
    async close() {
      await Promise.all([database, ...workers].map(one => one.close()))
      await testDatabase.drop()
    },
  }
}

export const log = createLogger({ service: 'test', level: 'silent' })

/** Works turns until nothing is owed; a turn that says *again* without there being anything is a loop that never ends. */
export async function workOff(worker: Database, connectionId: string): Promise<void> {
  for (let turns = 0; turns < 1_000; turns += 1) {
    const { againInMs } = await coalesceTurn({ database: worker, log }, connectionId)
    if (againInMs === null) return
  }
  throw new Error('A thousand turns and still something is said to be due.')
}

/** Waits until `found` finds something; the test's own time-out bounds it. */
export async function until<T>(found: () => Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const result = await found()
    if (result) return result
    await pause(5)
  }
}

/** Backends of the named application that wait for a lock. */
export async function waitingFor(database: Database, applicationName: string): Promise<number[]> {
  const { rows } = await database.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
    [applicationName],
  )
  return rows.map(row => row.pid)
}

let run = 0
/** Gives events ids of their own, so that tests do not meet in one database; their order stays. */
export function own<const T extends readonly StoredEvent[]>(events: T): { [K in keyof T]: StoredEvent } {
  run += 1
  const prefix = run.toString(16).padStart(8, '0')
  return events.map(event => {
    const deliveryId = `${prefix}${event.deliveryId.slice(8)}`
    return { ...event, deliveryId, id: eventId(deliveryId, event.index) }
  }) as { [K in keyof T]: StoredEvent }
}
