import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { z } from 'zod'
import { type Activity, activity } from './activity.ts'
import type { Api } from './api.ts'

export type Feed = {
  activity(line: Activity): void
  /** A line that is shown no longer; it may never have been. */
  removed(id: string): void
  /** So much has changed that the timeline is to be read again. */
  reset(): Promise<void>
  trouble(text: string): void
}

const removed = z.object({ id: z.string() })

/** Follows the live stream from `cursor` until `signal` aborts. Where the stream breaks off it goes on after the last line that was read. */
export async function follow(api: Api, cursor: string, feed: Feed, signal: AbortSignal): Promise<void> {
  let last = cursor
  while (!signal.aborted) {
    try {
      const response = await open(api, last, signal)
      const events: EventSourceMessage[] = []
      const parser = createParser({ onEvent: event => void events.push(event) })
      response.setEncoding('utf8')
      for await (const text of response) {
        parser.feed(text)
        for (const event of events.splice(0)) {
          if (event.event === 'activity') feed.activity(activity.parse(JSON.parse(event.data)))
          if (event.event === 'removed') feed.removed(removed.parse(JSON.parse(event.data)).id)
          if (event.event === 'reset') await feed.reset()
          if (event.id) last = event.id
        }
      }
    } catch (error) {
      if (signal.aborted) return
      feed.trouble(`The live timeline broke off and is picked up again: ${error instanceof Error ? error.message : String(error)}`)
    }
    await pause(500, undefined, { signal }).catch(() => {})
  }
}

/** Not by `fetch`: where a request is aborted it connects anew for the next one, and a connection nobody uses holds up the API's shutdown. */
async function open(api: Api, last: string, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${await api.token()}`, 'last-event-id': last }
  const request = get(`${api.url}/v1/timeline/stream`, { headers, signal, agent: false })
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response?.statusCode === 200) return response
  request.destroy()
  throw new Error(`GET /v1/timeline/stream answered ${response?.statusCode}`)
}
