import { json, type TestApi } from './api.ts'
import { type Fixture, noteChange } from './lines.ts'
import { readStream, type StreamReader } from './read-stream.ts'

export type Sight = Awaited<ReturnType<typeof openSight>>

/** An organisation's timeline in each of its ways, with a stream that is open all the time. */
export async function openSight(api: TestApi, org: Fixture, claim: string) {
  const abort = new AbortController()
  const stream: StreamReader = readStream(await api.call('/v1/timeline/stream', { org: claim }, { signal: abort.signal }), abort)
  const untilStream = async (holds: () => boolean) => {
    while (!holds()) await new Promise(resolve => setTimeout(resolve, 10))
  }
  await untilStream(() => stream.lastId() !== '')

  /** What the stream says of a line; a reset that comes in its place says nothing of it, so it is asked again. */
  async function toldBy(id: string): Promise<string> {
    for (;;) {
      const before = stream.events.length
      await noteChange(api.database.pool, org, id)
      const answer = () => stream.events.slice(before).find(event => event.event === 'reset' || event.data.id === id)?.event
      await untilStream(() => answer() !== undefined)
      const told = answer()
      if (told !== undefined && told !== 'reset') return told
    }
  }

  return {
    /** Whether a line shows; list, detail, export and stream must say the same. */
    async shows(id: string): Promise<boolean> {
      const { data } = await json<{ data: { id: string }[] }>(await api.call('/v1/timeline?limit=200', { org: claim }))
      const inList = data.some(line => line.id === id)
      const inDetail = (await api.call(`/v1/timeline/${id}`, { org: claim })).status
      const exported = await (await api.call('/v1/timeline/export?format=ndjson', { org: claim })).text()
      const told = await toldBy(id)
      const all = { list: inList, detail: inDetail === 200, export: exported.includes(id), stream: told === 'activity' }
      if (new Set(Object.values(all)).size !== 1) throw new Error(`The ways of the timeline disagree: ${JSON.stringify(all)}`)
      return inList
    },
    /** Runs `change` and waits until the stream says that the list is to be read again. */
    async reset(change: () => Promise<unknown>): Promise<void> {
      const resets = () => stream.events.filter(event => event.event === 'reset').length
      const before = resets()
      await change()
      await untilStream(() => resets() > before)
    },
    close: () => stream.leave(),
  }
}
