import { endAbandonedAttempts, logStateChange } from '@worksights/connections'
import { changesKeptMs, forgetExportTickets, forgetOauthStates } from '@worksights/database'
import type { Queues } from '@worksights/queues'
import type { Instruments } from '../instruments.ts'
import { type CheckingOptions, checkDue } from './check-connections.ts'
import { every, repeat, type Scheduled } from './every.ts'
import { sweep } from './sweep.ts'
import { type SyncOptions, syncDue } from './sync-members.ts'
import { type TellingOptions, tellOperator } from './tell-operator.ts'

const sweepEveryMs = 10_000
/** How soon after connecting a workspace its lists are known. */
const syncEveryMs = 5_000
const checkDueEveryMs = 5_000
const tellEveryMs = 2_000
const forgetEveryMs = 60 * 60_000

export type ScheduleOptions = Omit<SyncOptions, 'eventsDue'> &
  CheckingOptions &
  TellingOptions & { queues: Queues; ran?: Instruments['ran'] }

/** All scheduled work of the installation. */
export function startSchedule({ queues, ran = () => {}, ...options }: ScheduleOptions): Scheduled {
  const { database, log } = options
  const alone = { database, log, ran }
  const each = { log, ran }
  // A hint that is lost only costs time: the sweeper finds what is due.
  const eventsDue = (connectionId: string) => void queues.hint('coalesce', connectionId).catch(() => {})
  const running = [
    every(alone, 'sweep', sweepEveryMs, async client => {
      const swept = await sweep(client, (queue, connectionId) => queues.hint(queue, connectionId))
      if (swept.resolve + swept.coalesce + swept.runs > 0) log.warn(swept, 'connections had overdue work and were hinted again')
    }),
    repeat(each, 'sync-members', syncEveryMs, async stopping => {
      const read = await syncDue({ ...options, eventsDue }, stopping)
      if (read > 0) log.info({ connections: read }, 'members and lists were read')
    }),
    repeat(each, 'check-connections', checkDueEveryMs, stopping => checkDue(options, stopping)),
    repeat(each, 'tell-operator', tellEveryMs, stopping => tellOperator(options, stopping)),
    every(alone, 'forget-attempts', forgetEveryMs, async client => {
      await forgetOauthStates(client)
      for (const change of await endAbandonedAttempts(client)) logStateChange(log, change)
    }),
    every(alone, 'forget-tickets', forgetEveryMs, forgetExportTickets),
    every(alone, 'forget-changes', forgetEveryMs, async client => {
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
