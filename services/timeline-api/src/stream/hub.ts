import {
  comparePositions,
  currentFeedPosition,
  type Executor,
  type FeedChange,
  type FeedPosition,
  isFeedPositionKept,
  readChanges,
} from '@worksights/database'
import { type Logger, untraced } from '@worksights/runtime'
import type { StreamClient } from './client.ts'
import { frame, framesOf, heartbeat, placeMark, type StreamView } from './frames.ts'

/*
 * One poller a process reads the change feed for all streams, and only while somebody listens. Streams that show the same view form a channel, whose
 * events are made once. A stream that resumes first reads what it missed by itself, page by page and no faster than its reader takes it; when it has
 * come as far as the poller, it joins its channel.
 *
 *   catching up --(place >= poller's place)--> joined --(closed, cut, token ended)--> gone
 *
 * The poller moves its place and takes down who has joined in one step, before it makes the events: whoever joins later has a place at or past the
 * new one, so nobody misses a change in between. Each channel makes its events in its own time, in order: one whose lines take long keeps no other waiting.
 */

export type StreamHub = {
  /** True once no streams are taken any more. */
  readonly closed: boolean
  /** How many streams are open. */
  readonly size: number
  /** Streams `view` to `client` from a place: null starts now, `unknown` begins with a reset. Resolves once the stream is live or gone. */
  open(view: StreamView, client: StreamClient, from: FeedPosition | 'unknown' | null): Promise<void>
  /** Must be told when a client that was opened is gone. */
  left(client: StreamClient): void
  /** Ends all streams; their readers resume elsewhere. */
  close(): void
}

export type StreamHubOptions = {
  executor: Executor
  log: Logger
  /** Told of each line sent as it changed. */
  onSent?: (sent: SentLine) => void
  pollMs?: number
  heartbeatMs?: number
}

/** A line that was sent: `seconds` after it was written, and `tookMs` after that was read. */
export type SentLine = { activityId: string; traceContext: string | null; seconds: number; tookMs: number }

/** `clients` with the place each joined at; `sent` resolves when what the poller gave the channel so far was sent. */
type Channel = { view: StreamView; clients: Map<StreamClient, FeedPosition>; sent: Promise<void> }

/**
 * What the poller read at once: `mark` where readers are to be told the place they have come to; `readAt` by the database's clock, in ms, and `now` at the same
 * moment by this process's.
 */
type Reading = { changes: readonly FeedChange[]; mark: FeedPosition | null; readAt: number; now: number }

const pageSize = 500
const longestPauseMs = 5_000

export function createStreamHub({ executor, log, onSent = () => {}, pollMs = 200, heartbeatMs = 15_000 }: StreamHubOptions): StreamHub {
  const channels = new Map<string, Channel>()
  const clients = new Set<StreamClient>()
  /** How far the poller has come; absent while nobody listens. */
  let place: FeedPosition | undefined
  let starting: Promise<void> | undefined
  /** Counts the times polling began, so that a poll still under way when it stopped knows that it is no longer the one. */
  let round = 0
  let timer: NodeJS.Timeout | undefined
  let beating: NodeJS.Timeout | undefined
  let closed = false

  async function start(): Promise<void> {
    if (place) return
    starting ??= currentFeedPosition(executor)
      .then(position => {
        // Everybody may have left while this was asked.
        if (closed || clients.size === 0) return
        place = position
        round += 1
        // What goes on for all streams is no part of the request that happened to be the first.
        untraced(() => {
          timer = setTimeout(poll, pollMs, round)
          beating = setInterval(() => send(clients, heartbeat), heartbeatMs)
        })
      })
      .finally(() => {
        starting = undefined
      })
    await starting
  }

  function stop(): void {
    clearTimeout(timer)
    clearInterval(beating)
    place = undefined
    round += 1
  }

  let failures = 0
  let markedAt = 0

  async function poll(own: number): Promise<void> {
    if (own !== round || !place) return
    let pause = pollMs
    try {
      const { changes, position, readAt } = await readChanges(executor, { after: place, limit: pageSize })
      if (own !== round) return
      failures = 0
      if (changes.length === pageSize) pause = 0
      place = position
      const now = performance.now()
      const isMarked = now - markedAt >= heartbeatMs
      if (isMarked) markedAt = now
      for (const channel of channels.values()) {
        const own = changes.filter(change => change.organizationId === channel.view.tenant.organizationId)
        if (own.length > 0 || isMarked) pass(channel, { changes: own, mark: isMarked ? position : null, readAt, now })
      }
    } catch (error) {
      failures += 1
      pause = Math.min(pollMs * 2 ** failures, longestPauseMs)
      if (failures === 1) log.warn({ err: error }, 'the change feed could not be read; streams wait')
    }
    if (own === round) timer = setTimeout(poll, pause, own)
  }

  /**
   * Has a channel send what was read to whoever is in it now, after what it was given before. Who joined with a place beyond some of it has that already, and
   * is sent the rest alone.
   */
  function pass(channel: Channel, reading: Reading): void {
    const { changes } = reading
    const has = (at: FeedPosition) => (change: FeedChange) => comparePositions(change.position, at) <= 0
    const [level, ahead] = [[] as StreamClient[], [] as [StreamClient, FeedPosition][]]
    for (const [client, at] of channel.clients) {
      if (changes.some(has(at))) ahead.push([client, at])
      else level.push(client)
    }
    channel.sent = channel.sent.then(() => broadcast(channel.view, level, reading))
    for (const [client, at] of ahead) {
      const rest = changes.filter(change => !has(at)(change))
      channel.sent = channel.sent.then(() => broadcast(channel.view, [client], { ...reading, changes: rest }))
    }
  }

  async function broadcast(view: StreamView, readers: readonly StreamClient[], { changes, mark, readAt, now }: Reading): Promise<void> {
    if (readers.every(client => client.closed)) return
    try {
      for (const text of await framesOf(view, changes)) send(readers, text)
      const tookMs = performance.now() - now
      for (const change of changes) {
        if (change.type !== 'activity') continue
        const { activityId, traceContext } = change
        onSent({ activityId, traceContext, seconds: Math.max(0, readAt + tookMs - change.position.at) / 1000, tookMs })
      }
      if (mark) send(readers, placeMark(mark))
    } catch (error) {
      // The place has moved on: these readers come back and resume from theirs.
      log.warn({ err: error }, 'the lines of a stream could not be read; its readers are cut')
      for (const client of readers) client.end()
    }
  }

  async function catchUp(view: StreamView, client: StreamClient, from: FeedPosition): Promise<FeedPosition> {
    let at = from
    while (!client.closed && place && comparePositions(at, place) < 0) {
      const page = await readChanges(executor, { after: at, organizationId: view.tenant.organizationId, limit: pageSize })
      for (const text of await framesOf(view, page.changes)) {
        client.send(text)
        await client.drained()
      }
      at = page.position
    }
    return at
  }

  function join(view: StreamView, client: StreamClient, at: FeedPosition): void {
    const key = JSON.stringify([view.tenant.organizationId, view.filters])
    const channel = channels.get(key) ?? { view, clients: new Map(), sent: Promise.resolve() }
    channel.clients.set(client, at)
    channels.set(key, channel)
  }

  return {
    get closed() {
      return closed
    },
    get size() {
      return clients.size
    },
    async open(view, client, from) {
      if (closed) {
        client.end()
        return
      }
      clients.add(client)
      await start()
      const position = place
      if (!position || client.closed) return
      const resumable = from !== null && from !== 'unknown' && (await isFeedPositionKept(executor, from))
      if (from !== null && !resumable) client.send(frame('reset', position, {}))
      else if (from === null) client.send(placeMark(position))
      const at = await catchUp(view, client, resumable ? from : position)
      if (!client.closed && place) join(view, client, at)
    },
    left(client) {
      clients.delete(client)
      for (const [key, channel] of channels) {
        if (channel.clients.delete(client) && channel.clients.size === 0) channels.delete(key)
      }
      if (clients.size === 0) stop()
    },
    close() {
      closed = true
      for (const client of clients) client.end()
      stop()
    },
  }
}

function send(clients: Iterable<StreamClient>, text: string): void {
  for (const client of clients) client.send(text)
}
