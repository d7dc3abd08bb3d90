import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { connectWorkspace, openApi } from '@worksights/dev-stack'
import pg from 'pg'
import { z } from 'zod'
import type { RunningStack } from '../harness/stack.ts'

const ada = 'ada.lovelace@northwind.example'
const webhooks = z.object({ webhooks: z.array(z.looseObject({ target_url: z.string(), secret: z.string() })) })
const workspace = z.object({ objects: z.record(z.string(), z.string()), members: z.array(z.object({ id: z.string(), email: z.string() })) })

type Target = { slug: string; url: string; secret: string; companies: string; member: string }
/** A record that a delivery will tell of; `at` is when that was posted, by `performance.now()`. */
export type Sent = { recordId: string; at: number }

export type Load = {
  connections: number
  /** Makes records at Attio that were never seen here, so that each delivery costs a look-up. */
  makeRecords(count: number): Promise<Sent[]>
  /** Posts a signed delivery for each record at a steady rate a second, over all connections by turns. Throws when one is not answered 200. */
  post(records: readonly Sent[], rate: number): Promise<void>
}

/** Calls the stack's API as an admin, or the simulator's switches. */
export async function ask<T>(
  stack: RunningStack,
  url: string,
  schema: z.ZodType<T>,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stack.info.organizations.northwind.admin.token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`)
  return schema.parse(await response.json())
}

/** Four workspaces of one organisation, connected as an admin does it, each with the webhook its records are told through. */
export async function openLoad(stack: RunningStack): Promise<Load> {
  const targets = await connectTargets(stack)
  const targetOf = (place: number) => targets[place % targets.length] as Target
  return {
    connections: targets.length,
    async makeRecords(count) {
      const records = Array.from({ length: count }, (): Sent => ({ recordId: randomUUID(), at: 0 }))
      for (const [place, { recordId }] of records.entries()) {
        const url = `${stack.info.urls.attio}/_simulator/workspaces/${targetOf(place).slug}/records/${recordId}`
        await ask(stack, url, z.unknown(), { object: 'companies', values: { name: `Company ${place}` } }, 'PUT')
      }
      return records
    },
    async post(records, rate) {
      const started = performance.now()
      const posts = []
      for (const [place, sent] of records.entries()) {
        const due = started + (place * 1_000) / rate
        if (due > performance.now()) await pause(due - performance.now())
        posts.push(deliver(targetOf(place), sent))
      }
      await Promise.all(posts)
    },
  }
}

async function connectTargets(stack: RunningStack): Promise<Target[]> {
  const { attio, api } = stack.info.urls
  const admin = openApi(api, async () => stack.info.organizations.northwind.admin.token)
  const slugs = ['northwind', 'load-2', 'load-3', 'load-4']
  for (const slug of slugs.slice(1)) {
    const members = [{ first: 'Ada', last: 'Lovelace', email: ada, access: 'admin' }]
    await ask(stack, `${attio}/_simulator/workspaces`, z.unknown(), { slug, members })
    await connectWorkspace(admin, slug)
  }
  const pool = new pg.Pool({ connectionString: stack.info.database_url, max: 1 })
  const { rows } = await pool.query<{ endpoint_id: string; workspace_slug: string }>(
    `select endpoint_id, workspace_slug from webhook w join connection c on c.id = w.connection_id where purpose = 'records'`,
  )
  await pool.end()
  const secrets = await ask(stack, `${attio}/_simulator/webhooks`, webhooks)
  return await Promise.all(
    slugs.map(async slug => {
      const { objects, members } = await ask(stack, `${attio}/_simulator/workspaces/${slug}`, workspace)
      const endpoint = rows.find(row => row.workspace_slug === slug)?.endpoint_id ?? ''
      const webhook = secrets.webhooks.find(item => item.target_url.endsWith(endpoint))
      const member = members.find(item => item.email === ada)
      if (!webhook || !member) throw new Error(`The workspace ${slug} is not connected as expected.`)
      return { slug, url: webhook.target_url, secret: webhook.secret, companies: objects.companies ?? '', member: member.id }
    }),
  )
}

async function deliver(target: Target, sent: Sent): Promise<void> {
  const id = { workspace_id: target.slug, object_id: target.companies, record_id: sent.recordId }
  const event = { event_type: 'record.created', id, actor: { type: 'workspace-member', id: target.member } }
  const body = JSON.stringify({ webhook_id: randomUUID(), events: [event] })
  const signature = createHmac('sha256', target.secret).update(body).digest('hex')
  sent.at = performance.now()
  const response = await fetch(target.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'attio-signature': signature, 'idempotency-key': randomUUID() },
    body,
  })
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`The gateway answered ${response.status}.`)
}
