import type { Router } from 'express'
import { z } from 'zod'
import { webhookStatus } from '../webhooks/health.ts'
import type { Webhook } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'
import { Refusal } from './answer.ts'
import type { ControlDependencies } from './router.ts'

const health = z.strictObject({
  status: z.enum(['active', 'degraded', 'inactive']),
  /** How long it has been degraded; an inactive one was so for seven days before. */
  degraded_for_ms: z.number().int().min(0).default(0),
})

/** Webhooks as nobody sees them at Attio: with their secrets, made ill, and taken away behind the back of the app that made them. */
export function webhookControlRoutes(router: Router, { world, faults }: ControlDependencies): void {
  const find = (id: string): { workspace: Workspace; webhook: Webhook } => {
    for (const workspace of world.workspaces) {
      const webhook = workspace.webhooks.get(id)
      if (webhook !== undefined) return { workspace, webhook }
    }
    throw new Refusal(404, `No webhook has the id "${id}". GET /_simulator/webhooks lists them.`)
  }
  const output = (workspace: Workspace, webhook: Webhook) => ({
    id: webhook.id,
    workspace: workspace.slug,
    target_url: webhook.targetUrl,
    secret: webhook.secret,
    status: webhookStatus(webhook, faults.of(workspace.slug), world.clock()),
    subscriptions: webhook.subscriptions,
  })

  router.get('/webhooks', (_request, response) => {
    const webhooks = world.workspaces.flatMap(workspace => workspace.webhooks.all().map(webhook => output(workspace, webhook)))
    response.json({ webhooks })
  })
  router.put('/webhooks/:id/status', (request, response) => {
    const { workspace, webhook } = find(request.params.id)
    const { status, degraded_for_ms } = health.parse(request.body)
    const now = world.clock()
    const illForMs = { active: null, degraded: degraded_for_ms, inactive: faults.of(workspace.slug).degraded_to_inactive_ms }[status]
    const changed = { ...webhook, degradedAt: illForMs === null ? null : now - illForMs }
    workspace.webhooks.put(webhook.id, changed, now)
    response.json(output(workspace, changed))
  })
  router.delete('/webhooks/:id', (request, response) => {
    const { workspace, webhook } = find(request.params.id)
    workspace.webhooks.remove(webhook.id, world.clock())
    response.json({})
  })
}
