import { v4 } from 'uuid'
import type { FaultSettings } from '../faults/settings.ts'
import type { AttioEvent } from '../world/events.ts'
import type { Webhook } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'
import { webhookStatus } from './health.ts'
import type { Pace } from './pace.ts'
import type { Poster, PostOutcome } from './post.ts'
import { sign } from './signature.ts'

export interface Attempt {
  at: number
  /** The HTTP status answered; null when there was no answer. */
  status: number | null
  problem: string | null
  ms: number
}

/** One message to one webhook, with all its attempts. */
export interface Delivery {
  id: string
  workspace: Workspace
  webhookId: string
  targetUrl: string
  secret: string
  idempotencyKey: string
  eventTypes: string[]
  body: Buffer
  createdAt: number
  /** Every sending, copies and redeliveries too. */
  attempts: Attempt[]
  /** Retries used up. */
  retries: number
  /** When the next attempt is due (epoch ms); null when none is. */
  nextAttemptAt: number | null
  state: 'pending' | 'delivered' | 'failed' | 'dropped'
}

export interface Deliveries {
  /** Puts events into one message and sends it, now and again after each pause until it is taken. */
  send(workspace: Workspace, webhook: Webhook, events: AttioEvent[]): Delivery
  /** Sends a message again with its own key and body, once. */
  redeliver(delivery: Delivery): Promise<Attempt>
  get(id: string): Delivery | undefined
  /** The last 20,000 messages, oldest first. */
  all(): Delivery[]
  close(): void
}

export interface DeliveryDependencies {
  poster: Poster
  pace: Pace
  faults: (workspace: Workspace) => FaultSettings
  retrySchedule: number[]
  clock: () => number
  log: (message: string) => void
}

const kept = 20_000

export const signedHeaders = (secret: string, body: Uint8Array, idempotencyKey: string): Record<string, string> => {
  const signature = sign(secret, body)
  return {
    'Content-Type': 'application/json',
    'Attio-Signature': signature,
    'X-Attio-Signature': signature,
    'Idempotency-Key': idempotencyKey,
  }
}

const succeeded = (outcome: PostOutcome, rule: FaultSettings['success_rule']): boolean => {
  if (!outcome.answered) return false
  return rule === '2xx' ? outcome.status >= 200 && outcome.status < 300 : outcome.status === 200 || outcome.status === 202
}

export function createDeliveries({ poster, pace, faults, retrySchedule, clock, log }: DeliveryDependencies): Deliveries {
  const deliveries = new Map<string, Delivery>()
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  const attempt = async (delivery: Delivery): Promise<{ attempt: Attempt; success: boolean }> => {
    const settings = faults(delivery.workspace)
    const at = clock()
    const headers = signedHeaders(delivery.secret, delivery.body, delivery.idempotencyKey)
    const outcome = await poster.post(delivery.targetUrl, delivery.body, headers, settings.delivery_timeout_ms)
    const made: Attempt = {
      at,
      status: outcome.answered ? outcome.status : null,
      problem: outcome.answered ? null : `${outcome.problem}: ${outcome.detail}`,
      ms: outcome.ms,
    }
    delivery.attempts.push(made)
    return { attempt: made, success: succeeded(outcome, settings.success_rule) }
  }

  const degrade = (delivery: Delivery) => {
    const webhook = delivery.workspace.webhooks.get(delivery.webhookId)
    if (webhook === undefined || webhook.degradedAt !== null) return
    delivery.workspace.webhooks.put(webhook.id, { ...webhook, degradedAt: clock() }, clock())
    log(`webhook ${webhook.id} of ${delivery.workspace.slug} is degraded: a message failed for good after ${delivery.retries} retries`)
  }

  const recover = (delivery: Delivery) => {
    const webhook = delivery.workspace.webhooks.get(delivery.webhookId)
    if (webhook === undefined || webhook.degradedAt === null || faults(delivery.workspace).degraded_recovery === 'never') return
    delivery.workspace.webhooks.put(webhook.id, { ...webhook, degradedAt: null }, clock())
  }

  const plan = (delivery: Delivery, pause: number) => {
    delivery.retries += 1
    delivery.nextAttemptAt = clock() + pause
    const timer = setTimeout(() => {
      timers.delete(timer)
      enqueue(delivery)
    }, pause)
    timers.add(timer)
  }

  const stillWanted = (delivery: Delivery): boolean => {
    const settings = faults(delivery.workspace)
    const webhook = delivery.workspace.webhooks.get(delivery.webhookId)
    if (webhook === undefined) return settings.retries_after_delete === 'keep'
    return webhookStatus(webhook, settings, clock()) !== 'inactive'
  }

  const work = async (delivery: Delivery) => {
    delivery.nextAttemptAt = null
    if (!stillWanted(delivery)) {
      delivery.state = 'dropped'
      return
    }
    const { success } = await attempt(delivery)
    if (closed) return
    if (success) {
      delivery.state = 'delivered'
      recover(delivery)
      return
    }
    const pause = (faults(delivery.workspace).retry_schedule_ms ?? retrySchedule)[delivery.retries]
    if (pause === undefined) {
      delivery.state = 'failed'
      degrade(delivery)
      return
    }
    plan(delivery, pause)
  }

  const paced = (delivery: Delivery, send: () => void) =>
    pace.at(delivery.targetUrl, faults(delivery.workspace).deliveries_per_second, send)

  const enqueue = (delivery: Delivery) => paced(delivery, () => void work(delivery))

  const forgetOldest = () => {
    for (const [id, old] of deliveries) {
      if (deliveries.size <= kept) return
      if (old.state !== 'pending') deliveries.delete(id)
      else return
    }
  }

  return {
    send(workspace, webhook, events) {
      const delivery: Delivery = {
        id: v4(),
        workspace,
        webhookId: webhook.id,
        targetUrl: webhook.targetUrl,
        secret: webhook.secret,
        idempotencyKey: v4(),
        eventTypes: events.map(event => event.event_type),
        body: Buffer.from(JSON.stringify({ webhook_id: webhook.id, events })),
        createdAt: clock(),
        attempts: [],
        retries: 0,
        nextAttemptAt: clock(),
        state: 'pending',
      }
      deliveries.set(delivery.id, delivery)
      forgetOldest()
      const copies = faults(workspace).duplicate_deliveries
      enqueue(delivery)
      for (let copy = 0; copy < copies; copy += 1) paced(delivery, () => void attempt(delivery))
      return delivery
    },
    async redeliver(delivery) {
      const { attempt: made, success } = await attempt(delivery)
      if (success) delivery.state = 'delivered'
      return made
    },
    get: id => deliveries.get(id),
    all: () => [...deliveries.values()],
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
