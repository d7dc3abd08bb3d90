import { createParser } from 'eventsource-parser'
import { retryAfterMs } from './pauses.ts'
import type { Problem } from './schema.ts'

/*
 * One connection of server-sent events, whatever it is about: opened with `fetch`, since a browser's EventSource sends no token, and given up when it says nothing.
 */

/** An event, a place by itself, or (all undefined) a heartbeat. */
export type Message = { event: string | undefined; id: string | undefined; data: string | null }

export type Opened =
  | { outcome: 'live'; body: ReadableStream<Uint8Array> }
  | { outcome: 'problem'; problem: Problem; retryAfterMs: number | null }
  | { outcome: 'unreachable' }

export type Connection = {
  /** Cuts it. */
  controller: AbortController
  /** How long it may say nothing. */
  silenceMs: number
}

type Answer = { data?: ReadableStream<Uint8Array> | null; error?: Problem; response: Response }

/** What a request for a stream is sent with. */
export const streamInit = { headers: { accept: 'text/event-stream' }, parseAs: 'stream', cache: 'no-store' } as const

/** Opens a connection by `ask`, which sends the request with {@link streamInit} and the signal of the connection. */
export async function openConnection({ controller, silenceMs }: Connection, ask: () => Promise<Answer>): Promise<Opened> {
  const silence = setTimeout(() => controller.abort(), silenceMs)
  try {
    const { data, error, response } = await ask()
    if (error) return { outcome: 'problem', problem: error, retryAfterMs: retryAfterMs(response) }
    return data ? { outcome: 'live', body: data } : { outcome: 'unreachable' }
  } catch {
    return { outcome: 'unreachable' }
  } finally {
    clearTimeout(silence)
  }
}

/** What a connection brings, until it ends, breaks, or says nothing for too long. */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  { controller, silenceMs }: Connection,
): AsyncGenerator<Message, void> {
  const messages: Message[] = []
  const parser = createParser({
    // A heartbeat: nothing to tell, but the connection lives.
    onComment: () => messages.push({ event: undefined, id: undefined, data: null }),
    // The id comes first, by itself: it is taken back where an event follows, whose place counts only once the event was taken.
    onId: id => messages.push({ event: undefined, id, data: null }),
    onEvent({ event, id, data }) {
      if (id !== undefined) messages.pop()
      messages.push({ event, id, data })
    },
  })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (;;) {
    const silence = setTimeout(() => controller.abort(), silenceMs)
    const chunk = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
    clearTimeout(silence)
    if (chunk.done || controller.signal.aborted) return
    parser.feed(decoder.decode(chunk.value, { stream: true }))
    yield* messages.splice(0)
  }
}
