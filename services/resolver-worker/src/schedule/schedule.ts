import { changesKeptMs } from '@worksights/database'
import type { Queues } from '@worksights/queues'
import { every, type Scheduled } from './every.ts'
import { sweep } from './sweep.ts'
import { type SyncOptions, syncDue } from './sync-members.ts'

const sweepEveryMs = 10_000
/** How soon after connecting a workspace its lists are known. */
const syncEveryMs = 15_000
const forgetEveryMs = 60 * 60_000

/** All scheduled work of the installation. */
export function startSchedule({ queues, ...options }: SyncOptions & { queues: Queues }): Scheduled {
  const { database, log } = options
  const running = [
    every({ database, log }, 'sweep', sweepEveryMs, async client => {
      const swept = await sweep(client, (queue, connectionId) => queues.hint(queue, connectionId))
      if (swept.resolve + swept.coalesce + swept.runs > 0) log.warn(swept, 'connections had overdue work and were hinted again')
    }),
    every({ database, log }, 'sync-members', syncEveryMs, async () => {
      const read = await syncDue(options)
      if (read > 0) log.info({ connections: read }, 'members and lists were read')
    }),
    every({ database, log }, 'forget-changes', forgetEveryMs, async client => {
      // An hour more than a stream may go back, so that none reads where rows are being deleted.
      await client.query('delete from activity_change where at < now() - make_interval(secs => $1)', [changesKeptMs / 1000 + 3_600])
    }),
  ]
  return {
    async stop() {
      await Promise.all(running.map(scheduled => scheduled.stop()))
    },
  }
}
