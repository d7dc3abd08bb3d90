import { once } from 'node:events'
import type { Response } from 'express'
import type { Principal } from '../auth/principal.ts'
import { tooManyStreams } from '../http/problems.ts'
import type { Slots } from '../http/slots.ts'

/** A reader of a stream. */
export type StreamClient = {
  readonly closed: boolean
  /** Sends, or cuts the connection of a reader that lags too far behind: it resumes where it was. */
  send(text: string): void
  /** Waits until the reader has taken what was sent, or is gone. */
  drained(): Promise<void>
  /** Ends the stream; the reader resumes if it likes. */
  end(): void
}

/** What may wait for a slow reader. */
const maxBufferedBytes = 1024 * 1024
/** How long a reader that is catching up may take over what was sent. */
const drainTimeoutMs = 30_000

/** Of one person, in this process: each may have the database asked for it alone. */
export const streamsAtOnce = 50

/** Takes one of the streams a person may have open, until the response is over; throws a 429 where there is none left. */
export function takeStreamSlot(slots: Slots, { tenant, identity }: Principal, response: Response): void {
  const giveBack = slots.take(`${tenant.organizationId} ${identity}`)
  if (!giveBack) throw tooManyStreams(streamsAtOnce)
  // Somebody who left already says so no more.
  if (response.destroyed) giveBack()
  else response.once('close', giveBack)
}

/** Turns a response into an event stream. */
export function openStream(response: Response, maxBuffered = maxBufferedBytes): StreamClient {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Nginx would collect the stream before passing it on.
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  const closed = () => response.destroyed || response.writableEnded
  return {
    get closed() {
      return closed()
    },
    send(text) {
      if (closed()) return
      response.write(text)
      if (response.writableLength > maxBuffered) response.destroy()
    },
    async drained() {
      if (closed() || !response.writableNeedDrain) return
      const waiting = new AbortController()
      const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(drainTimeoutMs)])
      try {
        await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
      } catch {
        response.destroy()
      } finally {
        waiting.abort()
      }
    },
    end() {
      if (!closed()) response.end()
    },
  }
}
