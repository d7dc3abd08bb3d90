import { z } from 'zod'
import { eventually } from './admin.ts'
import { openDeliveries } from './deliveries.ts'
import type { StackInfo } from './stack.ts'

/** Has the demo team work through its day, and waits until all of it is on the timeline (some seconds). */
export async function playDay({ urls, database_url }: StackInfo): Promise<void> {
  const simulator = `${urls.attio}/_simulator`
  const response = await fetch(`${simulator}/scenarios/working-day?wait=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workspace: 'northwind', pace_ms: 100 }),
  })
  const { state } = z.object({ state: z.string() }).parse(await response.json())
  if (state !== 'finished') throw new Error(`The working day ended as ${state}.`)
  const deliveries = openDeliveries(database_url)
  const left = async () => {
    const pending = await fetch(`${simulator}/deliveries?workspace=northwind&state=pending&limit=0`)
    return z.object({ count: z.number() }).parse(await pending.json()).count + (await deliveries.owed())
  }
  await eventually(left, count => count === 0).finally(deliveries.close)
}
