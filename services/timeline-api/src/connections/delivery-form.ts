import { type DeliveryInFull, deliveryStates, eventStates, hiddenBy, type LoggedDelivery, type LoggedEvent } from '@worksights/database'
import { z } from 'zod'

/** A delivery of the activity log, with what became of its events. */

const loggedEventForm = z
  .object({
    id: z.uuid(),
    type: z.string().meta({ description: "Attio's event type." }),
    state: z.enum(eventStates).meta({
      description:
        '`pending`: about to become part of a line. `projected`: part of one. `duplicate`: of another event. `filtered`, `ignored`: makes no line. `dead`: given up.',
    }),
    reason: z.string().nullable(),
    activity_id: z.uuid().nullable().meta({ description: 'The line it is part of.' }),
    activity_title: z.string().nullable().meta({ description: 'The title of that line.' }),
    hidden_by: z.enum(hiddenBy).nullable().meta({
      description:
        'Why the timeline does not show the line, and `/v1/timeline/{id}` answers 404: who acted is mapped to nobody (`member_unmapped`) or `member_excluded`, its area is switched off (`feature_off`), or it is about a `private_list` that is not shown. Null where it is shown.',
    }),
    happened_at: z.iso.datetime(),
  })
  .meta({ id: 'LoggedEvent', description: 'One entry of a delivery.' })

export const deliveryForm = z
  .object({
    id: z.uuid(),
    received_at: z.iso.datetime(),
    event_types: z.array(z.string()),
    state: z.enum(deliveryStates).meta({
      description:
        '`received`: to be worked. `processed`: made, or became part of, a line. `filtered`, `ignored`: made none, and `reason` says why. `failed`: is tried again. `dead`: was given up; replay it once its cause is mended.',
    }),
    reason: z.string().nullable(),
    repeats: z.int().meta({ description: 'How often Attio sent it again; a repeat changes nothing.' }),
    attempts: z.int(),
    next_attempt_at: z.iso.datetime().nullable().meta({ description: 'When it is worked next; null once that is over.' }),
    finished_at: z.iso.datetime().nullable(),
    webhook: z.enum(['records', 'other']).nullable().meta({ description: 'Through which webhook it came; null where that is gone.' }),
    events: z.array(loggedEventForm).meta({ description: 'In their order. None before it was worked.' }),
  })
  .meta({ id: 'Delivery' })

export const deliveryDetailForm = deliveryForm
  .extend({
    idempotency_key: z.string().nullable().meta({ description: "Attio's key: two deliveries with one key are one." }),
    body: z.unknown().meta({ description: 'What Attio sent, as JSON. Whatever looks like a secret is left out.' }),
  })
  .meta({ id: 'DeliveryDetail' })

export const exampleDelivery: z.output<typeof deliveryForm> = {
  id: '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10',
  received_at: '2026-11-24T09:14:39.991Z',
  event_types: ['record.updated'],
  state: 'processed',
  reason: null,
  repeats: 0,
  attempts: 1,
  next_attempt_at: null,
  finished_at: '2026-11-24T09:14:40.080Z',
  webhook: 'records',
  events: [
    {
      id: '5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa',
      type: 'record.updated',
      state: 'projected',
      reason: null,
      activity_id: '7c1d4a7e-0b7b-5f43-9d22-4b0d5e1f6a77',
      activity_title: 'Acme Corp > Updated',
      hidden_by: null,
      happened_at: '2026-11-24T09:14:39.991Z',
    },
  ],
}

export function toDeliveryForm(delivery: LoggedDelivery, events: readonly LoggedEvent[]): z.output<typeof deliveryForm> {
  const purpose = deliveryForm.shape.webhook.safeParse(delivery.purpose)
  return {
    id: delivery.id,
    received_at: delivery.receivedAt.toISOString(),
    event_types: delivery.eventTypes,
    state: delivery.state,
    reason: delivery.reason,
    repeats: delivery.repeats,
    attempts: delivery.attempts,
    next_attempt_at: delivery.dueAt?.toISOString() ?? null,
    finished_at: delivery.finishedAt?.toISOString() ?? null,
    webhook: purpose.data ?? null,
    events: events
      .filter(event => event.deliveryId === delivery.id)
      .map(event => ({
        id: event.id,
        type: event.type,
        state: event.state,
        reason: event.reason,
        activity_id: event.activityId,
        activity_title: event.activityTitle,
        hidden_by: event.hiddenBy,
        happened_at: event.happenedAt.toISOString(),
      })),
  }
}

export function toDeliveryDetail(delivery: DeliveryInFull, events: readonly LoggedEvent[]): z.output<typeof deliveryDetailForm> {
  return { ...toDeliveryForm(delivery, events), idempotency_key: delivery.idempotencyKey, body: readBody(delivery.body) }
}

const secretLike = /secret|token|password|authorization|cookie|signature|api[-_]?key/i

/** Attio puts no secret into a body; should it ever, it is not shown. Null for what is not JSON, which is never stored. */
export function readBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'), (key, value) => (secretLike.test(key) && value !== null ? '[left out]' : value))
  } catch {
    return null
  }
}
