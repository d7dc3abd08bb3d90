import { z } from 'zod'
import { attioId, inData, moment } from '../attio-fields.ts'
import { sendAllPages } from '../paging.ts'
import type { CallOptions, Send } from '../transport.ts'
import type { WebhookSubscription } from '../webhooks/subscriptions.ts'

const webhook = z.object({
  id: z.object({ workspace_id: attioId, webhook_id: attioId }),
  target_url: z.string(),
  /** `active`; `degraded` still delivers, for 7 days; `inactive` does not. */
  status: z.string(),
  /** As Attio keeps them; a filter that lets all pass may be null or an empty `$and`. */
  subscriptions: z.array(
    z.object({
      event_type: z.string(),
      filter: z
        .json()
        .optional()
        .transform(filter => filter ?? null),
    }),
  ),
  created_at: moment,
})
export type WebhookReply = z.infer<typeof webhook>

/** The secret is in this reply and in no other. */
const createdWebhook = webhook.extend({ secret: z.string().min(1) })
export type CreatedWebhookReply = z.infer<typeof createdWebhook>

const nothing = z.unknown().transform(() => null)

const path = '/v2/webhooks/{webhook_id}'
const scopes = ['webhook:read-write']
/** The most Attio allows. */
const WEBHOOKS_PAGE = 100

/** The only things of Attio's that we write. */
export function webhookCalls(send: Send) {
  return {
    createWebhook: (webhook: { targetUrl: string; subscriptions: WebhookSubscription[] }, options?: CallOptions) =>
      send(
        {
          method: 'POST',
          path: '/v2/webhooks',
          body: { data: { target_url: webhook.targetUrl, subscriptions: webhook.subscriptions } },
          schema: inData(createdWebhook),
          scopes,
        },
        options,
      ),
    listWebhooks: (options?: CallOptions) =>
      sendAllPages(send, { method: 'GET', path: '/v2/webhooks', item: webhook, scopes: ['webhook:read'] }, WEBHOOKS_PAGE, options),
    getWebhook: (webhookId: string, options?: CallOptions) =>
      send({ method: 'GET', path, params: { webhook_id: webhookId }, schema: inData(webhook), scopes: ['webhook:read'] }, options),
    /** Id and secret stay; subscriptions are replaced as a whole. */
    updateWebhook: (webhookId: string, change: { targetUrl?: string; subscriptions?: WebhookSubscription[] }, options?: CallOptions) =>
      send(
        {
          method: 'PATCH',
          path,
          params: { webhook_id: webhookId },
          body: { data: { target_url: change.targetUrl, subscriptions: change.subscriptions } },
          schema: inData(webhook),
          scopes,
        },
        options,
      ),
    deleteWebhook: (webhookId: string, options?: CallOptions) =>
      send({ method: 'DELETE', path, params: { webhook_id: webhookId }, schema: nothing, scopes }, options),
  }
}
