import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { FaultStore } from '../../faults/store.ts'
import { eventTypes } from '../../webhooks/event-types.ts'
import { filterKey } from '../../webhooks/filter.ts'
import { webhookStatus } from '../../webhooks/health.ts'
import { freshId } from '../../world/ids.ts'
import { nanoTime } from '../../world/time.ts'
import type { EventFilter, Webhook } from '../../world/types.ts'
import type { Workspace } from '../../world/workspace.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { page } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

const condition = z.strictObject({ field: z.string().min(1), operator: z.enum(['equals', 'not_equals']), value: z.string() })
const filter = z.union([z.strictObject({ $and: z.array(condition) }), z.strictObject({ $or: z.array(condition) }), z.null()])
/** Clients that leave `filter` out exist, so it may be left out here too. */
const subscription = z.object({ event_type: z.enum(eventTypes), filter: filter.default(null) })

const fields = (targets: 'https' | 'any') => ({
  target_url: z
    .url()
    .refine(
      url => (targets === 'https' ? url.startsWith('https://') : /^https?:\/\//.test(url)),
      targets === 'https' ? 'must match ^https://' : 'must be an http or https URL',
    ),
  subscriptions: z.array(subscription).min(1),
})

export function webhookRoutes(routes: RouteTable, faults: FaultStore, targets: 'https' | 'any'): void {
  const create = dataOf(z.object(fields(targets)))
  const change = dataOf(z.object(fields(targets)).partial())

  const output = (call: Call, webhook: Webhook) => ({
    id: { workspace_id: call.workspace.id, webhook_id: webhook.id },
    target_url: webhook.targetUrl,
    status: webhookStatus(webhook, faults.of(call.workspace.slug), call.world.clock()),
    subscriptions: webhook.subscriptions,
    created_at: nanoTime(webhook.createdAt),
  })

  const mine = (call: Call) => call.workspace.webhooks.all().filter(webhook => webhook.clientId === call.caller.clientId)

  const one = (call: Call, message: string): Webhook => {
    const found = mine(call).find(webhook => webhook.id === call.params.webhook)
    if (found === undefined) throw notFound(message)
    return found
  }
  const named = (call: Call) => one(call, `Webhook with ID "${call.params.webhook}" was not found.`)

  routes.post('/webhooks', { scopes: ['webhook:read-write'] }, call => {
    const { target_url, subscriptions } = call.body(create).data
    check(call.workspace, target_url, subscriptions, undefined)
    const webhook: Webhook = {
      id: freshId(),
      clientId: call.caller.clientId,
      targetUrl: target_url,
      subscriptions,
      secret: randomBytes(32).toString('hex'),
      createdAt: call.writer.now(),
      degradedAt: null,
    }
    call.workspace.webhooks.put(webhook.id, webhook, webhook.createdAt)
    return { data: { ...output(call, webhook), secret: webhook.secret } }
  })
  routes.get('/webhooks', { scopes: ['webhook:read'] }, call => ({
    data: page(mine(call), call.query, { standard: 10, most: 100 }).map(webhook => output(call, webhook)),
  }))
  routes.get('/webhooks/:webhook', { scopes: ['webhook:read'] }, call => ({ data: output(call, named(call)) }))
  routes.patch('/webhooks/:webhook', { scopes: ['webhook:read-write'] }, call => {
    const webhook = named(call)
    const changes = call.body(change).data
    const updated: Webhook = {
      ...webhook,
      targetUrl: changes.target_url ?? webhook.targetUrl,
      subscriptions: changes.subscriptions ?? webhook.subscriptions,
    }
    check(call.workspace, updated.targetUrl, updated.subscriptions, webhook.id)
    call.workspace.webhooks.put(webhook.id, updated, call.writer.now())
    return { data: output(call, updated) }
  })
  routes.delete('/webhooks/:webhook', { scopes: ['webhook:read-write'] }, call => {
    call.workspace.webhooks.remove(one(call, 'Webhook not found').id, call.writer.now())
    return {}
  })
}

type Subscriptions = Webhook['subscriptions']

/** Lists a filter names must exist, and (target, event type, filter) is unique in a workspace. */
function check(workspace: Workspace, targetUrl: string, subscriptions: Subscriptions, ownId: string | undefined): void {
  for (const { filter } of subscriptions)
    for (const { field, operator, value } of conditions(filter))
      if (field === 'id.list_id' && operator === 'equals' && workspace.lists.get(value) === undefined)
        throw invalid('Related list not found')
  const key = (url: string, subscribed: Subscriptions[number]) => JSON.stringify([url, subscribed.event_type, filterKey(subscribed.filter)])
  const taken = new Set(
    workspace.webhooks
      .all()
      .filter(webhook => webhook.id !== ownId)
      .flatMap(webhook => webhook.subscriptions.map(subscribed => key(webhook.targetUrl, subscribed))),
  )
  for (const subscribed of subscriptions) {
    const own = key(targetUrl, subscribed)
    if (taken.has(own))
      throw conflict(
        `A webhook subscription for "${subscribed.event_type}" with the same target URL and filter already exists.`,
        'uniqueness_conflict',
      )
    taken.add(own)
  }
}

const conditions = (filter: EventFilter) => (filter === null ? [] : '$and' in filter ? filter.$and : filter.$or)
