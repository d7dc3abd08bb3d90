import { until } from './api.ts'

export type StreamEvent = { event: string; id: string; data: { id?: string; title?: string } }

export type StreamReader = {
  response: Response
  /** Events so far, oldest first; heartbeats and place marks are not events. */
  events: StreamEvent[]
  /** The last `id:` seen, with an event or without. */
  lastId(): string
  /** Waits until there are this many events and gives them. */
  take(count: number): Promise<StreamEvent[]>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  leave(): void
}

/** Reads a stream as a browser would. */
export function readStream(response: Response, abort: AbortController): StreamReader {
  const events: StreamEvent[] = []
  let lastId = ''
  const read = async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
        lastId = fields.get('id') ?? lastId
        const data = fields.get('data')
        if (data !== undefined) events.push({ event: fields.get('event') ?? '', id: lastId, data: JSON.parse(data) as StreamEvent['data'] })
      }
    }
  }
  return {
    ...{ response, events },
    lastId: () => lastId,
    async take(count) {
      await until(() => events.length >= count)
      return events.slice(0, count)
    },
    ended: read().catch(() => undefined),
    leave: () => abort.abort(),
  }
}
