import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { adminOf } from '../harness/admin.ts'
import { timelineApi } from '../harness/api.ts'
import { post } from '../harness/deliveries.ts'
import { idOf, openSimulator } from '../harness/simulator.ts'
import type { RunningStack } from '../harness/stack.ts'
import { type Metric, readExposition } from './exposition.ts'

const ada = 'ada.lovelace@northwind.example'

/** Has a running stack do something of everything that is measured. */
export async function exercise({ info }: RunningStack): Promise<void> {
  const { token } = info.organizations.northwind.admin
  const attio = await openSimulator(info.urls.attio)
  const timeline = timelineApi(info.urls.api, token)
  const reading = new AbortController()
  const stream = await fetch(`${info.urls.api}/v1/timeline/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: reading.signal,
  })
  const seen = firstLine(stream)
  const record = idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name: 'Measured Ltd' } }), 'record_id')
  await timeline.until(record, lines => lines.length > 0)
  await seen
  reading.abort()
  await post(attio, { purpose: 'records', events: [], signature: 'wrong' }).catch(() => {})
  await fetch(`${info.urls.gateway}/webhooks/attio/nowhere`, { method: 'POST', body: '{}' })
  await fetch(`${info.urls.frontend}/`)
  await fetch(`${info.urls.api}/no/such/route`)
  const admin = adminOf(info.urls.api, token)
  await admin.finish('POST', `/v1/integrations/attio/connections/${info.connection_id}/refresh`)
  await admin.read(z.unknown(), 'GET', '/v1/timeline/summary?time_zone=UTC')
}

async function firstLine(stream: Response): Promise<void> {
  let text = ''
  for await (const chunk of stream.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('event: activity')) return
  }
}

/** What every service tells on its admin port, by the service's own name. */
export async function scrapeAll({ info }: RunningStack): Promise<Map<string, Map<string, Metric>>> {
  const names: Record<string, string> = {
    api: 'timeline-api',
    gateway: 'ingest-gateway',
    resolver: 'resolver-worker',
    coalescer: 'coalescer-worker',
    frontend: 'frontend',
  }
  const scrapes = await Promise.all(
    Object.entries(names).map(async ([name, service]): Promise<[string, Map<string, Metric>]> => {
      const response = await fetch(`${info.admin_urls[name]}/metrics`)
      if (!response.ok) throw new Error(`${service} answered ${response.status} to a scrape.`)
      return [service, readExposition(await response.text())]
    }),
  )
  return new Map(scrapes)
}

/** Scrapes until `complete`, since some of what is measured comes by schedule; gives the last scrape after a minute at the most. */
export async function scrapeUntil(stack: RunningStack, complete: (scrapes: Map<string, Map<string, Metric>>) => boolean) {
  const deadline = Date.now() + 60_000
  for (;;) {
    const scrapes = await scrapeAll(stack)
    if (complete(scrapes) || Date.now() > deadline) return scrapes
    await pause(500)
  }
}
