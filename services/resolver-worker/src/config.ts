import { defaultWindowMs, maxWindowMs } from '@worksights/activity'
import { databaseFields, encryptionKeys, httpUrl, oneKindOfQueue, queueFields, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

const variables = z.object({
  ...serviceConfig.shape,
  ...databaseFields,
  /** A check and a run each hold one for their lock while Attio is asked: the work itself needs another. */
  DATABASE_POOL_MAX: wholeNumber(3, 100).default(10),
  ...queueFields,
  ENCRYPTION_KEYS: encryptionKeys,
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
  /** Where Attio reaches the gateway: what webhooks are checked against. */
  PUBLIC_GATEWAY_URL: httpUrl,
  /** Connections worked side by side. */
  CONCURRENCY: wholeNumber(1, 64).default(4),
  /** How long changes of one thing by one person are one line; stored with each event. */
  CONSOLIDATION_WINDOW_MS: wholeNumber(0, maxWindowMs).default(defaultWindowMs),
  /** How long a line may wait for its names. */
  NAME_HOLD_MS: wholeNumber(0, 10_000).default(300),
  /** How often token and webhooks of a connection are looked at. */
  CHECK_EVERY_MS: wholeNumber(1_000, 24 * 60 * 60_000).default(5 * 60_000),
  /** Told of each change of a connection's state; without it nobody is. */
  OPERATOR_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
    .optional()
    .meta({ examples: ['https://ops.example.com/hooks/worksights'] }),
  /** What that is signed with, by the Standard Webhooks scheme. */
  OPERATOR_WEBHOOK_SECRET: z
    .string()
    .refine(isSigningSecret, 'must be whsec_ and the base64 of 24 to 64 bytes')
    .optional()
    .meta({ examples: ['whsec_$(openssl rand -base64 32)'] }),
})

export const configSchema = variables
  // Told together with whatever else is wrong.
  .superRefine(oneKindOfQueue, { when: () => true })
  .superRefine(operatorWithSecret, { when: () => true })

function isSigningSecret(text: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const length = Buffer.from(encoded ?? '', 'base64').length
  return length >= 24 && length <= 64
}

function operatorWithSecret(config: Record<string, unknown>, context: z.RefinementCtx): void {
  const [url, secret] = ['OPERATOR_WEBHOOK_URL', 'OPERATOR_WEBHOOK_SECRET'] as const
  if ((config[url] === undefined) === (config[secret] === undefined)) return
  const [missing, given] = config[url] === undefined ? [url, secret] : [secret, url]
  context.addIssue({ code: 'custom', path: [missing], message: `is missing: ${given} is set, and one is of no use without the other` })
}
