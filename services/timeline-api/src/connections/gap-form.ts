import { type GapDetails, gapReasons } from '@worksights/database'
import { z } from 'zod'

/** A time in which deliveries must have been lost, as the API tells of it. */
export const gapForm = z
  .object({
    id: z.uuid(),
    connection: z.object({ id: z.uuid(), workspace_name: z.string() }),
    from: z.iso.datetime(),
    to: z.iso.datetime().nullable().meta({ description: 'Null while it lasts.' }),
    affects: z
      .enum(['records', 'other'])
      .meta({ description: '`records`: records and list entries. `other`: notes, comments, tasks and calls.' }),
    reason: z.enum(gapReasons).meta({ description: 'Why, for programs; `explanation` says it.' }),
    explanation: z.string().meta({ description: 'What happened, for people.' }),
  })
  .meta({
    id: 'Gap',
    description: 'A time in which deliveries must have been lost: what happened in Attio then is missing from the timeline.',
  })

const explanations = {
  webhook_inactive: 'Attio had stopped the webhook.',
  webhook_missing: 'The webhook was gone at Attio.',
  secret_lost: 'The secret of the webhook could not be read, so its deliveries were refused.',
  token_dead: 'Attio took the token no more, so nothing was delivered.',
  database_restored: 'The database was restored from a backup, which has nothing of this time.',
}

export const exampleGap: z.output<typeof gapForm> = {
  id: '0192f0c2-3b11-7a00-8c3d-7e6f5a4b3c2d',
  connection: { id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e', workspace_name: 'Northwind Traders' },
  from: '2026-11-23T21:04:10.000Z',
  to: '2026-11-23T21:31:02.000Z',
  affects: 'records',
  reason: 'webhook_missing',
  explanation: explanations.webhook_missing,
}

export function toGapForm(gap: GapDetails): z.output<typeof gapForm> {
  return {
    id: gap.id,
    connection: { id: gap.connectionId, workspace_name: gap.workspaceName },
    from: gap.startedAt.toISOString(),
    to: gap.endedAt?.toISOString() ?? null,
    affects: gap.purpose,
    reason: gap.reason,
    explanation: explanations[gap.reason],
  }
}
