import type { Router } from 'express'
import { z } from 'zod'
import type { Attempt, Delivery } from '../webhooks/delivery.ts'
import { Refusal } from './answer.ts'
import { createDeliveryPoster, postDeliveries } from './post-deliveries.ts'
import type { ControlDependencies } from './router.ts'

const query = z.strictObject({
  workspace: z.string().optional(),
  webhook_id: z.string().optional(),
  state: z.enum(['pending', 'delivered', 'failed', 'dropped']).optional(),
  limit: z.coerce.number().int().min(0).max(20_000).default(1_000),
  body: z.enum(['true', 'false']).default('false'),
})

const attemptOutput = (attempt: Attempt) => ({ ...attempt, at: new Date(attempt.at).toISOString() })

const deliveryOutput = (delivery: Delivery, withBody: boolean) => ({
  id: delivery.id,
  workspace: delivery.workspace.slug,
  webhook_id: delivery.webhookId,
  target_url: delivery.targetUrl,
  idempotency_key: delivery.idempotencyKey,
  event_types: delivery.eventTypes,
  state: delivery.state,
  created_at: new Date(delivery.createdAt).toISOString(),
  attempts: delivery.attempts.map(attemptOutput),
  last_status: delivery.attempts.at(-1)?.status ?? null,
  next_attempt_at: delivery.nextAttemptAt === null ? null : new Date(delivery.nextAttemptAt).toISOString(),
  ...(withBody ? { body: delivery.body.toString() } : {}),
})

/** What was sent to webhooks, and sending anything at all. */
export function deliveryRoutes(router: Router, { world, deliveries, poster }: ControlDependencies): void {
  const post = createDeliveryPoster(world, poster)

  router.post('/deliveries', async (request, response) => {
    response.json(await post(postDeliveries.parse(request.body)))
  })
  router.get('/deliveries', (request, response) => {
    const { workspace, webhook_id, state, limit, body } = query.parse(request.query)
    const found = deliveries
      .all()
      .filter(
        delivery =>
          (workspace === undefined || delivery.workspace.slug === workspace) &&
          (webhook_id === undefined || delivery.webhookId === webhook_id) &&
          (state === undefined || delivery.state === state),
      )
    const listed = limit === 0 ? [] : found.slice(-limit)
    response.json({ count: found.length, deliveries: listed.map(delivery => deliveryOutput(delivery, body === 'true')) })
  })
  router.post('/deliveries/:id/redeliver', async (request, response) => {
    const delivery = deliveries.get(request.params.id)
    if (delivery === undefined)
      throw new Refusal(404, `No delivery has the id "${request.params.id}". GET /_simulator/deliveries lists them.`)
    response.json({ attempt: attemptOutput(await deliveries.redeliver(delivery)) })
  })
}
