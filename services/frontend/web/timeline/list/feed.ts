import type { VirtualItem } from '@tanstack/react-virtual'
import type { StreamOptions, TimelinePage } from '@worksights/api-client'
import { applied, firstPage, isBefore, type LineEvent, type Lines, type Place, released, withOlder } from './lines.ts'

/*
 * One view of the timeline, kept as it is read and as the stream changes it. It stands outside of the query cache's pages: those are overwritten by the answer
 * to a page that was asked for before the stream told of a change.
 *
 *   stream: connecting ──▶ live ◀──▶ waiting (reconnects by itself)          refused (until `followAgain`)
 *   older:  idle ──▶ loading ──▶ idle | failed (until `readOlder` again)
 *
 * While a read is on its way, what the stream tells is applied to what is shown, and once more on top of the answer, which may be older.
 */

export type FeedState = Lines & {
  /** Counts what the stream changed: what is derived from the lines elsewhere is then old. */
  readonly changes: number
  readonly stream: 'connecting' | 'live' | 'waiting' | 'refused'
  readonly older: 'idle' | 'loading' | 'failed'
  /** Why the stream was refused, older lines or the list anew could not be read; null when all is well. */
  readonly error: { of: 'stream' | 'older' | 'reset'; cause: unknown } | null
}

export type Feed = {
  /** Tells one view from another. */
  readonly key: string
  state(): FeedState
  subscribe(listener: () => void): () => void
  /** Follows the stream from where it last was, until the returned function is called. */
  follow(): () => void
  /** Tries again after the stream was refused. */
  followAgain(): void
  /** Reads the next page, unless one is on its way or there is none. */
  readOlder(): Promise<void>
  /** Reads the list again as far as it is being looked at. */
  readAgain(): Promise<void>
  /** While true, new lines are kept back. */
  hold(holding: boolean): void
  /** Shows what was kept back. */
  release(): void
  /** Tells how far down somebody looks, so that reading again goes as far. */
  lookingAt(place: Place): void
  /** The heights of the rows as they were measured last, for whoever draws them next. */
  heights: VirtualItem[]
  /** The row that had the focus when the list was left. */
  leftAt: string | null
  /** When a line came or grew, in ms of `now`, for some seconds; then null. */
  changedAt(id: string): number | null
}

type FeedOptions = {
  key: string
  first: TimelinePage
  readPage: (page: { cursor?: string; limit: number }) => Promise<TimelinePage>
  stream: (options: Pick<StreamOptions, 'cursor' | 'signal' | 'onEvent' | 'onPlace' | 'onState'>) => Promise<void>
  /** Runs what tells the listeners, once for all that happened meanwhile. */
  schedule: (tell: () => void) => void
  now: () => number
}

/** The first page is small so that it comes fast; those that follow cost fewer requests. */
export const firstPageSize = 50
const pageSize = 100
const longPageSize = 200
/** How long a change counts as recent. */
const recentMs = 3_000

export function createFeed({ key, first, readPage, stream, schedule, now }: FeedOptions): Feed {
  let state: FeedState = { ...firstPage(first), changes: 0, stream: 'connecting', older: 'idle', error: null }
  let cursor = first.stream_cursor
  let holding = false
  let looking: Place | null = null
  let isTelling = false
  let readings = 0
  let followAgain: (() => void) | null = null
  const listeners = new Set<() => void>()
  const recent = new Map<string, number>()
  /** What the stream tells while a read is on its way, one a read. */
  const logs = new Set<LineEvent[]>()

  const tell = () => {
    isTelling = false
    for (const listener of listeners) listener()
  }
  const become = (next: Partial<FeedState>) => {
    state = { ...state, ...next }
    if (isTelling) return
    isTelling = true
    schedule(tell)
  }
  const wellAgain = (of: 'stream' | 'older' | 'reset') => (state.error?.of === of ? { error: null } : {})

  const take = (event: LineEvent) => {
    for (const log of logs) log.push(event)
    const after = applied(state, event, holding)
    if (after === state) return
    if (event.type === 'activity') {
      for (const [id, at] of recent) if (now() - at > recentMs) recent.delete(id)
      recent.set(event.line.id, now())
    }
    become({ ...after, changes: state.changes + 1 })
  }

  /** Reads, and gives what the stream told meanwhile. */
  const reading = async <T>(read: () => Promise<T>): Promise<{ read: T; meanwhile: readonly LineEvent[] }> => {
    const log: LineEvent[] = []
    logs.add(log)
    try {
      return { read: await read(), meanwhile: log }
    } finally {
      logs.delete(log)
    }
  }
  const onTop = (lines: Lines, events: readonly LineEvent[]) => events.reduce((all, event) => applied(all, event, holding), lines)

  async function readOlder(): Promise<void> {
    const { next } = state
    if (next === null || state.older === 'loading') return
    become({ older: 'loading', ...wellAgain('older') })
    try {
      const { read, meanwhile } = await reading(() => readPage({ cursor: next, limit: pageSize }))
      // The list was read again meanwhile: this page belongs to the old one.
      become({ ...(state.next === next ? onTop(withOlder(state, read), meanwhile) : {}), older: 'idle' })
    } catch (cause) {
      become({ older: 'failed', error: { of: 'older', cause } })
    }
  }

  async function readAgain(): Promise<void> {
    readings += 1
    const own = readings
    become(wellAgain('reset'))
    try {
      const { read, meanwhile } = await reading(async () => {
        let fresh = firstPage(await readPage({ limit: longPageSize }))
        while (own === readings && fresh.next !== null && looking && fresh.edge && isBefore(fresh.edge, looking)) {
          fresh = withOlder(fresh, await readPage({ cursor: fresh.next, limit: longPageSize }))
        }
        return fresh
      })
      if (own === readings) become({ ...onTop(read, meanwhile), changes: state.changes + 1 })
    } catch (cause) {
      if (own === readings) become({ error: { of: 'reset', cause } })
    }
  }

  return {
    key,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow() {
      const leaving = new AbortController()
      const start = () => {
        become({ stream: 'connecting', ...wellAgain('stream') })
        const following = stream({
          cursor,
          signal: leaving.signal,
          onEvent: event => (event.type === 'reset' ? void readAgain() : take(event)),
          onPlace: place => {
            cursor = place
          },
          onState: next => become({ stream: next }),
        })
        following.catch(cause => {
          if (!leaving.signal.aborted) become({ stream: 'refused', error: { of: 'stream', cause } })
        })
      }
      start()
      followAgain = start
      return () => {
        leaving.abort()
        followAgain = null
      }
    },
    followAgain: () => followAgain?.(),
    readOlder,
    readAgain,
    hold(next) {
      holding = next
      if (!holding && state.held.length > 0) become(released(state))
    },
    release() {
      if (state.held.length === 0) return
      state = { ...state, ...released(state) }
      tell()
    },
    lookingAt(place) {
      looking = place
    },
    heights: [],
    leftAt: null,
    changedAt(id) {
      const at = recent.get(id)
      return at !== undefined && now() - at <= recentMs ? at : null
    },
  }
}
