import { excessScopes, missingScopes, requiredScopes } from '@worksights/attio'
import type { ConnectionDetails, Count, GapDetails, Run, selectStateChanges, Traffic, WebhookDetails } from '@worksights/database'
import { z } from 'zod'
import { connectionForm, exampleConnection, explain, standingFields, toConnectionForm } from './connection-form.ts'
import { exampleGap, gapForm, toGapForm } from './gap-form.ts'
import { exampleRun, runForm, toRunForm } from './run-form.ts'
import { warningForm, warningsOf } from './warnings.ts'

/** A connection with everything there is to say of it. */

const countForm = z
  .object({ count: z.int(), is_exact: z.boolean().meta({ description: 'False where there are more: nothing is counted beyond 10,000.' }) })
  .meta({ id: 'Count' })

const standing = z.object({ state: standingFields.state, reason: standingFields.state_reason })

export const connectionDetailForm = connectionForm
  .extend({
    authorized_by: z.object({
      member: z
        .object({ id: z.string(), name: z.string().nullable(), access_level: z.string().nullable() })
        .nullable()
        .meta({ description: 'The Attio member whose token it is. `suspended` access will take the token with it.' }),
      user: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable().meta({ description: 'The person who connected it.' }),
    }),
    permissions: z.object({
      needed: z.array(
        z.object({
          scope: z.string(),
          granted: z.boolean(),
          breaks: z.string().meta({ description: 'What people miss without it.' }),
        }),
      ),
      excessive: z.array(z.string()).meta({ description: 'Scopes that can write more than webhooks: granted, never used.' }),
    }),
    events_24h: countForm.meta({ description: 'Events received in the last 24 hours, whatever became of them.' }),
    backlog: z
      .object({
        deliveries: countForm,
        events: countForm,
        oldest_due_at: z.iso.datetime().nullable().meta({ description: 'Of what waits, what is due first; null when nothing waits.' }),
      })
      .meta({ description: 'What was received and is still to be made into events, and into lines.' }),
    gaps: z.array(gapForm).meta({ description: 'The newest twenty of the last 90 days, newest first.' }),
    history: z
      .array(z.object({ at: z.iso.datetime(), from: standing, to: standing, explanation: z.string().nullable() }))
      .meta({ description: 'How its state changed, the last twenty times, newest first.' }),
    warnings: z.array(warningForm),
    runs: z.array(runForm).meta({ description: 'Long actions that are waiting or under way.' }),
  })
  .meta({ id: 'ConnectionDetail' })

export type ConnectionFacts = {
  connection: ConnectionDetails
  webhooks: readonly WebhookDetails[]
  traffic: Traffic
  gaps: readonly GapDetails[]
  history: Awaited<ReturnType<typeof selectStateChanges>>
  runs: readonly Run[]
}

const toCount = ({ count, isExact }: Count) => ({ count, is_exact: isExact })

export function toConnectionDetail(facts: ConnectionFacts): z.output<typeof connectionDetailForm> {
  const { connection, traffic } = facts
  const granted = connection.scopes.join(' ')
  const missing = new Set(missingScopes(granted).map(({ scope }) => scope))
  const isLosing = facts.gaps.some(gap => gap.endedAt === null)
  return {
    ...toConnectionForm(connection, facts.webhooks),
    authorized_by: {
      member:
        connection.memberId === null
          ? null
          : { id: connection.memberId, name: connection.memberName, access_level: connection.memberAccess },
      user: connection.userId === null ? null : { id: connection.userId, name: connection.userName },
    },
    permissions: {
      needed: requiredScopes.map(({ scope, breaks }) => ({ scope, granted: !missing.has(scope), breaks })),
      excessive: excessScopes(granted),
    },
    events_24h: toCount(traffic.events24h),
    backlog: {
      deliveries: toCount(traffic.backlog.deliveries),
      events: toCount(traffic.backlog.events),
      oldest_due_at: traffic.backlog.oldestDueAt?.toISOString() ?? null,
    },
    gaps: facts.gaps.map(toGapForm),
    history: facts.history.map(({ at, from, to }) => ({
      at: at.toISOString(),
      from,
      to,
      explanation: explain({ state: to.state, stateReason: to.reason }),
    })),
    warnings: warningsOf(connection, isLosing),
    runs: facts.runs.map(toRunForm),
  }
}

export const exampleConnectionDetail: z.output<typeof connectionDetailForm> = {
  ...exampleConnection,
  authorized_by: {
    member: { id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b', name: 'Ada Lovelace', access_level: 'admin' },
    user: { id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', name: 'Ada Lovelace' },
  },
  permissions: {
    needed: requiredScopes.map(({ scope, breaks }) => ({ scope, granted: scope !== 'note:read', breaks })),
    excessive: [],
  },
  events_24h: { count: 412, is_exact: true },
  backlog: { deliveries: { count: 0, is_exact: true }, events: { count: 0, is_exact: true }, oldest_due_at: null },
  gaps: [exampleGap],
  history: [
    {
      at: '2026-11-24T08:40:00.000Z',
      from: { state: 'connected', reason: null },
      to: { state: 'degraded', reason: 'webhook_degraded' },
      explanation: exampleConnection.explanation,
    },
  ],
  warnings: [
    {
      code: 'permissions_missing',
      connection_id: exampleConnection.id,
      message: 'Northwind Traders lacks note:read. Connect it again and grant what is missing.',
    },
  ],
  runs: [exampleRun],
}
