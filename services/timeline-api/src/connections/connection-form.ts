import { type ConnectionDetails, stateReasons, type WebhookDetails } from '@worksights/database'
import { z } from 'zod'

/** A connection as lists and the overview tell of it. */

export const connectionStates = ['connected', 'degraded', 'needs_attention', 'disconnected'] as const
const reasons = Object.keys(stateReasons) as [keyof typeof stateReasons]

export const standingFields = {
  state: z.enum(connectionStates).meta({
    description:
      '`connected`: all is well. `degraded`: it is being repaired, or watched, by itself. `needs_attention`: somebody has to act. `disconnected`: nothing is received; the timeline stays.',
  }),
  state_reason: z.enum(reasons).nullable().meta({ description: 'Why, for programs; null when there is nothing to explain.' }),
  explanation: z.string().nullable().meta({ description: 'Why, and what to do about it, for people.' }),
}

const webhookForm = z
  .object({
    id: z.uuid(),
    purpose: z.enum(['records', 'other']).meta({
      description:
        '`records`: records and list entries. `other`: notes, comments, tasks, calls, and names of attributes, lists and members.',
    }),
    status: z
      .string()
      .meta({ description: 'As Attio last said: `active`, `degraded` or `inactive`; `missing` where Attio does not have it.' }),
    checked_at: z.iso.datetime().nullable().meta({ description: 'When it was last seen delivering.' }),
    degraded_since: z.iso.datetime().nullable(),
    retired_at: z.iso.datetime().nullable().meta({
      description: 'When another took its place. It is kept for four days, since it may still deliver what it owes.',
    }),
    created_at: z.iso.datetime(),
  })
  .meta({
    id: 'Webhook',
    description: 'One of the webhooks of a connection at Attio: there are two in use, and sometimes some on their way out.',
  })

export const connectionForm = z
  .object({
    id: z.uuid(),
    ...standingFields,
    state_since: z.iso.datetime(),
    workspace: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
    last_event_at: z.iso.datetime().nullable().meta({ description: 'When the last authentic delivery came, whatever became of it.' }),
    last_activity_at: z.iso.datetime().nullable().meta({ description: 'When a line was last made.' }),
    checked_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When Attio was last asked whether token and webhooks are well, and answered.' }),
    webhooks: z.array(webhookForm).meta({ description: 'Those in use first.' }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Connection' })

export const exampleConnection: z.output<typeof connectionForm> = {
  id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e',
  state: 'degraded',
  state_reason: 'webhook_degraded',
  explanation: stateReasons.webhook_degraded,
  state_since: '2026-11-24T08:40:00.000Z',
  workspace: { id: '14beef7a-99f7-4534-a87e-70b564330a4c', name: 'Northwind Traders', slug: 'northwind' },
  last_event_at: '2026-11-24T09:14:39.991Z',
  last_activity_at: '2026-11-24T09:14:40.102Z',
  checked_at: '2026-11-24T09:12:00.000Z',
  webhooks: [
    {
      id: '0192f0bf-9a11-7c0d-9f00-5f6d1d2c3b4a',
      purpose: 'records',
      status: 'degraded',
      checked_at: '2026-11-24T09:12:00.000Z',
      degraded_since: '2026-11-24T08:40:00.000Z',
      retired_at: null,
      created_at: '2026-11-20T15:02:12.000Z',
    },
    {
      id: '0192f0bf-9a12-7c0d-9f00-2a3b4c5d6e7f',
      purpose: 'other',
      status: 'active',
      checked_at: '2026-11-24T09:12:00.000Z',
      degraded_since: null,
      retired_at: null,
      created_at: '2026-11-20T15:02:12.000Z',
    },
  ],
  created_at: '2026-11-20T15:02:11.000Z',
}

const time = (date: Date | null) => date?.toISOString() ?? null

export function toConnectionForm(connection: ConnectionDetails, webhooks: readonly WebhookDetails[]): z.output<typeof connectionForm> {
  return {
    id: connection.id,
    state: connection.state,
    state_reason: connection.stateReason,
    explanation: explain(connection),
    state_since: connection.stateSince.toISOString(),
    workspace: { id: connection.workspaceId, name: connection.workspaceName, slug: connection.workspaceSlug },
    last_event_at: time(connection.lastEventAt),
    last_activity_at: time(connection.lastActivityAt),
    checked_at: time(connection.checkedAt),
    webhooks: webhooks
      .filter(webhook => webhook.connectionId === connection.id)
      .map(webhook => ({
        id: webhook.id,
        purpose: webhook.purpose,
        status: webhook.status,
        checked_at: time(webhook.checkedAt),
        degraded_since: time(webhook.degradedSince),
        retired_at: time(webhook.retiredAt),
        created_at: webhook.createdAt.toISOString(),
      })),
    created_at: connection.createdAt.toISOString(),
  }
}

export function explain({ state, stateReason }: Pick<ConnectionDetails, 'state' | 'stateReason'>): string | null {
  if (stateReason !== null) return stateReasons[stateReason]
  return state === 'disconnected' ? 'The workspace was disconnected. What was recorded stays; connect it again to go on.' : null
}
