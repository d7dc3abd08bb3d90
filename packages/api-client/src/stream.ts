import type { Client } from 'openapi-fetch'
import { type Connection, openConnection, readMessages, streamInit } from './messages.ts'
import { backoffMs, pause } from './pauses.ts'
import { isPassing, ProblemError } from './problem.ts'
import type { Activity, paths } from './schema.ts'

/*
 * Following the timeline: one connection after the other, each going on where the last one ended.
 *
 *   connecting --(200)--> live --(ends, breaks, silent)--> waiting --(pause)--> connecting …
 *
 * A connection ends with the token that opened it; the next one gets a new one. What is told twice when a connection breaks is told as it is now.
 */

export type TimelineStreamEvent =
  /** New, or grown: put it in the place of the line with its id. */
  | { type: 'activity'; line: Activity }
  /** Gone, or not in the view any more; it may never have been shown. */
  | { type: 'removed'; id: string }
  /** Read the list again: what is shown has changed at large, or was too long ago. The stream goes on; what it tells meanwhile goes on top of the list. */
  | { type: 'reset' }

type StreamQuery = NonNullable<paths['/v1/timeline/stream']['get']['parameters']['query']>

export type StreamOptions = {
  /** `stream_cursor` of the page that was read, or the last `onPlace`; without one the stream starts now. */
  cursor?: string
  /** The same as the page's. */
  filters?: Omit<StreamQuery, 'cursor'>
  /** Ends it; the promise then resolves. */
  signal: AbortSignal
  /** Called in order, one after the other. What it throws ends the stream and is thrown. */
  onEvent: (event: TimelineStreamEvent) => void
  /** The place after each event, and as time goes by: where a later stream can go on from. */
  onPlace?: (cursor: string) => void
  /** `live` while connected; `waiting` while lines may be missing from the view for now. */
  onState?: (state: 'live' | 'waiting') => void
  /** The first pause between connections, in ms. */
  pauseMs?: number
  /** How long a connection may say nothing; the server's heartbeat is every 15 s. */
  silenceMs?: number
}

/** Follows the timeline until `signal` aborts. Throws a ProblemError where trying again would not help: bad filters, no right, signed out. */
export async function streamTimeline(client: Client<paths>, options: StreamOptions): Promise<void> {
  const { signal, onState, pauseMs = 1_000, silenceMs = 45_000 } = options
  const place = { last: options.cursor }
  let failures = 0
  while (!signal.aborted) {
    const controller = new AbortController()
    const connection: Connection = { controller, silenceMs }
    const end = () => controller.abort()
    signal.addEventListener('abort', end)
    let waitMs: number | null = null
    try {
      const cursor = place.last
      const query = { ...options.filters, ...(cursor !== undefined && { cursor }) }
      const ask = () => client.GET('/v1/timeline/stream', { params: { query }, ...streamInit, signal: controller.signal })
      const opened = await openConnection(connection, ask)
      if (opened.outcome === 'problem') {
        if (!isPassing(opened.problem)) throw new ProblemError(opened.problem)
        waitMs = opened.retryAfterMs
        failures += 1
      } else if (opened.outcome === 'live') {
        onState?.('live')
        const told = await tellAll(opened.body, options, place, connection)
        failures = told ? 0 : failures + 1
      } else failures += 1
    } finally {
      signal.removeEventListener('abort', end)
      controller.abort()
    }
    if (signal.aborted) return
    onState?.('waiting')
    await pause(Math.max(waitMs ?? 0, backoffMs(failures, pauseMs)), signal)
  }
}

/** Tells what a connection brings until it is over; answers whether it brought anything, if only a heartbeat. */
async function tellAll(
  body: ReadableStream<Uint8Array>,
  options: StreamOptions,
  place: { last: string | undefined },
  connection: Connection,
): Promise<boolean> {
  let told = false
  for await (const message of readMessages(body, connection)) {
    const event = message.data === null ? null : toEvent(message.event, message.data)
    if (event) options.onEvent(event)
    // After the event was taken: what is thrown on the way is told again by the next connection.
    if (message.id !== undefined) {
      place.last = message.id
      options.onPlace?.(message.id)
    }
    told = true
  }
  return told
}

/** Null for an event of a kind that did not exist when this was written. */
function toEvent(name: string | undefined, data: string): TimelineStreamEvent | null {
  switch (name) {
    case 'activity':
      return { type: 'activity', line: JSON.parse(data) as Activity }
    case 'removed':
      return { type: 'removed', id: (JSON.parse(data) as { id: string }).id }
    case 'reset':
      return { type: 'reset' }
    default:
      return null
  }
}
