import { setTimeout as pause } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { type Activity, activity } from './activity.ts'
import { type Api, toError } from './api.ts'

export type Feed = { activity(line: Activity): void; trouble(text: string): void }

/** Follows the live stream from `cursor` until `signal` aborts. Where the stream breaks off it goes on after the last line that was read. */
export async function follow(api: Api, cursor: string, feed: Feed, signal: AbortSignal): Promise<void> {
  let last = cursor
  while (!signal.aborted) {
    try {
      const response = await fetch(`${api.url}/v1/timeline/stream`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${await api.token()}`, 'last-event-id': last },
        signal,
      })
      if (!response.ok || !response.body) throw await toError('GET /v1/timeline/stream', response)
      const parser = createParser({
        onEvent(event) {
          if (event.event === 'activity') feed.activity(activity.parse(JSON.parse(event.data)))
          if (event.id) last = event.id
        },
      })
      const decoder = new TextDecoder()
      for await (const chunk of response.body) parser.feed(decoder.decode(chunk, { stream: true }))
    } catch (error) {
      if (signal.aborted) return
      feed.trouble(`The live timeline broke off and is picked up again: ${error instanceof Error ? error.message : String(error)}`)
    }
    await pause(500, undefined, { signal }).catch(() => {})
  }
}
