import { setTimeout as sleep } from 'node:timers/promises'
import { v4 } from 'uuid'
import { z } from 'zod'
import type { Poster } from '../webhooks/post.ts'
import { sign } from '../webhooks/signature.ts'
import type { World } from '../world/world.ts'
import { Refusal } from './answer.ts'

const single = z
  .strictObject({
    webhook_id: z.string().optional().describe('Sends to this webhook, signed with its secret.'),
    target_url: z.url().optional().describe('Sends there; wins over the webhook’s.'),
    secret: z.string().optional().describe('Signs with it; wins over the webhook’s.'),
    body: z.string().optional(),
    body_base64: z.base64().optional(),
    json: z.unknown().optional(),
    events: z.array(z.unknown()).optional().describe('Wrapped in the envelope with webhook_id.'),
    signature: z.string().default('good').describe('good, bad, none, short, or the very text to send.'),
    header: z.enum(['both', 'attio', 'x-attio']).default('both'),
    idempotency_key: z
      .string()
      .nullable()
      .optional()
      .describe('null leaves the header out; absent takes a fresh one for each posting of this request.'),
    headers: z.record(z.string(), z.string()).default({}),
    times: z.number().int().min(1).max(100_000).default(1),
    parallel: z.number().int().min(1).max(1_000).default(1),
    delay_ms: z.number().int().min(0).max(600_000).default(0).describe('Wait before each posting.'),
    timeout_ms: z.number().int().min(1).max(600_000).default(30_000),
    fresh_keys: z.boolean().default(false).describe('With times > 1: another key for each.'),
  })
  .refine(given => given.webhook_id !== undefined || given.target_url !== undefined, 'name a webhook_id or a target_url')
  .refine(
    given => [given.body, given.body_base64, given.json, given.events].filter(part => part !== undefined).length === 1,
    'give exactly one of body, body_base64, json, events',
  )

export const postDeliveries = z.union([
  single,
  z.strictObject({ many: z.array(single).min(1).max(10_000), parallel: z.number().int().min(1).max(1_000).default(1) }),
])
type Posting = z.output<typeof single>

export interface PostedAnswer {
  status: number | null
  ms: number
  body?: string
  problem?: string
}

const bytesOf = (posting: Posting, webhookId: string): Buffer => {
  if (posting.body !== undefined) return Buffer.from(posting.body)
  if (posting.body_base64 !== undefined) return Buffer.from(posting.body_base64, 'base64')
  return Buffer.from(JSON.stringify(posting.json ?? { webhook_id: webhookId, events: posting.events }))
}

function signatureOf(kind: string, secret: string, body: Buffer): string | null {
  switch (kind) {
    case 'none':
      return null
    case 'good':
      return sign(secret, body)
    case 'bad':
      return sign(`not ${secret}`, body)
    case 'short':
      return sign(secret, body).slice(0, 32)
    default:
      return kind
  }
}

/** Runs jobs in their order, so many at a time; results in the order of the jobs. */
async function runParallel<T>(jobs: (() => Promise<T>)[], parallel: number): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const lane = async () => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index]
      if (job !== undefined) results[index] = await job()
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, jobs.length) }, lane))
  return results
}

/** Sends what it is told to, however wrong: not paced, not retried, and answers with what came back. */
export function createDeliveryPoster(world: World, poster: Poster) {
  const plan = (posting: Posting): { key: string | null; run: () => Promise<PostedAnswer> }[] => {
    const webhook = world.workspaces.map(workspace => workspace.webhooks.get(posting.webhook_id ?? '')).find(found => found !== undefined)
    if (posting.webhook_id !== undefined && webhook === undefined && posting.target_url === undefined)
      throw new Refusal(404, `No webhook has the id "${posting.webhook_id}". GET /_simulator/webhooks lists them.`)
    const url = posting.target_url ?? webhook?.targetUrl ?? ''
    const secret = posting.secret ?? webhook?.secret ?? ''
    const body = bytesOf(posting, posting.webhook_id ?? v4())
    const signature = signatureOf(posting.signature, secret, body)
    const sameKey = posting.idempotency_key === undefined ? v4() : posting.idempotency_key
    return Array.from({ length: posting.times }, () => {
      const key = posting.fresh_keys ? v4() : sameKey
      const headers: Record<string, string> = { 'Content-Type': 'application/json' }
      if (signature !== null && posting.header !== 'x-attio') headers['Attio-Signature'] = signature
      if (signature !== null && posting.header !== 'attio') headers['X-Attio-Signature'] = signature
      if (key !== null) headers['Idempotency-Key'] = key
      const run = async (): Promise<PostedAnswer> => {
        if (posting.delay_ms > 0) await sleep(posting.delay_ms, undefined, { ref: false })
        const outcome = await poster.post(url, body, { ...headers, ...posting.headers }, posting.timeout_ms)
        return outcome.answered
          ? { status: outcome.status, ms: outcome.ms, body: outcome.body }
          : { status: null, ms: outcome.ms, problem: `${outcome.problem}: ${outcome.detail}` }
      }
      return { key, run }
    })
  }

  return async (request: z.output<typeof postDeliveries>): Promise<{ responses: PostedAnswer[]; idempotency_keys: (string | null)[] }> => {
    const planned = 'many' in request ? request.many.flatMap(plan) : plan(request)
    const responses = await runParallel(
      planned.map(({ run }) => run),
      request.parallel,
    )
    return { responses, idempotency_keys: planned.map(({ key }) => key) }
  }
}
