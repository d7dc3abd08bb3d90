import { setTimeout as pause } from 'node:timers/promises'
import { type Run, readRun, type Tenant } from '@worksights/database'
import type { Clock } from '@worksights/runtime'
import type { StreamClient } from '../stream/client.ts'
import { heartbeat } from '../stream/frames.ts'
import { toRunForm } from './run-form.ts'

/*
 * The stream of one run: its row is read twice a second and sent whenever it differs from what was sent last, until the run is over. Few people look at a run
 * at a time, and what they miss they read again.
 */

const lookEveryMs = 500
const heartbeatEveryMs = 15_000

export type RunStream = {
  tenant: Tenant
  clock: Clock
  /** Whether the stream is to end before the run does: the token's time is over, or this server is being replaced. */
  isOver: () => boolean
}

/** Sends `first` and every change after it; ends the stream when the run is over. Throws when the database does. */
export async function followRun({ tenant, clock, isOver }: RunStream, client: StreamClient, first: Run): Promise<void> {
  let run: Run | undefined = first
  let sent = ''
  let sentAt = 0
  while (run && !client.closed) {
    const text = JSON.stringify(toRunForm(run))
    if (text !== sent) {
      client.send(`event: run\ndata: ${text}\n\n`)
      sent = text
      sentAt = clock.now()
    } else if (clock.now() - sentAt >= heartbeatEveryMs) {
      client.send(heartbeat)
      sentAt = clock.now()
    }
    if (run.state === 'done' || run.state === 'failed' || isOver()) break
    await pause(lookEveryMs)
    if (client.closed || isOver()) break
    run = await tenant.transaction(scope => readRun(scope, first.id))
  }
  client.end()
}
