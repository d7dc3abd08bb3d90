import { claimSyncs, type Database, putOffSync, readLabelRefs } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import pLimit from 'p-limit'
import type { FoundConnection } from '../connections.ts'
import type { LabelBook } from '../labels/book.ts'
import { labelKey } from '../labels/label.ts'
import { syncMembers } from '../members.ts'
import { answered, mendNames } from '../mend.ts'

/*
 * Attio sends no event for a changed e-mail or name of a member, for a member who is suspended, nor, for all that is known, for a list whose access changed:
 * what nobody tells is read once a day, and once soon after a workspace was connected.
 */

const dayMs = 24 * 60 * 60_000
/** Connections that are connected at one moment drift apart, so that Attio is not asked for all of them at once. */
const spread = 0.1
const retryMs = 60 * 60_000
const batch = 8
const atOnce = 4
/** Longer than the calls of a batch can take. */
const leaseMs = 10 * 60_000

export type SyncOptions = {
  database: Database
  log: Logger
  book: Pick<LabelBook, 'syncLists'>
  findConnection: (connectionId: string) => Promise<FoundConnection>
  /** Told that a connection's events are due. */
  eventsDue: (connectionId: string) => void
}

/**
 * Reads members and lists of a few connections that are due. Returns how many were read; one that could not be is tried again in an hour, one that was not
 * begun before `stopping` by whoever comes next.
 */
export async function syncDue(options: SyncOptions, stopping: AbortSignal): Promise<number> {
  const { database, log } = options
  const inTurn = pLimit(atOnce)
  const due = await claimSyncs(database.pool, batch, leaseMs)
  const read = await Promise.all(
    due.map(connectionId =>
      inTurn(async () => {
        if (stopping.aborted) {
          await putOffSync(database.pool, connectionId, 0)
          return false
        }
        const isRead = await sync(options, connectionId).catch(error => {
          log.warn({ connectionId, err: error }, 'members and lists could not be read')
          return false
        })
        await putOffSync(database.pool, connectionId, isRead ? dayMs * (1 + spread * (2 * Math.random() - 1)) : retryMs)
        return isRead
      }),
    ),
  )
  return read.filter(Boolean).length
}

async function sync({ database, book, findConnection, eventsDue }: SyncOptions, connectionId: string): Promise<boolean> {
  const connection = await findConnection(connectionId)
  if (connection.outcome !== 'usable') return false
  const members = await syncMembers(database, connection)
  const lists = await book.syncLists(connection)
  // Lines that were told before their list was known.
  const known = (await readLabelRefs(database.pool, connectionId, ['list'])).map(labelKey)
  if ((await mendNames(database, connectionId, answered(known))) > 0) eventsDue(connectionId)
  return members && lists !== 'unavailable'
}
