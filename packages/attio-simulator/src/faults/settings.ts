import { z } from 'zod'

const milliseconds = z.number().int().min(0)

const pathFault = z.strictObject({
  /** Regular expression matched against the path, without the query. */
  path: z.string().refine(isRegExp, 'not a regular expression'),
  method: z.string().toUpperCase().optional(),
  status: z.number().int().min(200).max(599),
  /** How many requests it hits; without it, all. */
  times: z.number().int().min(1).optional(),
  /** Sent as it is; without it, Attio's error body with `code`. */
  body: z.string().optional(),
  content_type: z.string().default('application/json; charset=utf-8'),
  code: z.string().default('simulated_fault'),
  delay_ms: milliseconds.default(0),
})

/** Whether a text can be compiled to a regular expression. */
export function isRegExp(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

/** Every switch, its meaning, and what it is when nobody touched it. */
export const faultSettings = z.strictObject({
  duplicate_deliveries: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('Further copies of each delivery, with the same Idempotency-Key.'),
  reorder: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .describe('Holds this many deliveries a webhook and sends them shuffled (what is held leaves after 250 ms at the latest).'),
  batch_events: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .describe('Puts up to this many events of a webhook into one delivery (waits 50 ms for more); 0 or 1: one each, as Attio does today.'),
  unknown_events: z.number().int().min(0).default(0).describe('After every n-th event of a webhook, one of a type no client knows.'),
  null_actor_id: z.boolean().default(false).describe('Events name an actor without an id.'),
  extra_record_updated: z
    .boolean()
    .default(false)
    .describe('A record.created is followed by a record.updated for each value it was created with.'),
  delete_cascades: z
    .boolean()
    .default(false)
    .describe('Deleting a record also fires list-entry.deleted, note.deleted and comment.deleted for what hung on it.'),
  merge_events: z.enum(['two', 'one']).default('two').describe('How many record.merged events one merge fires.'),
  merge_created_deleted: z
    .boolean()
    .default(false)
    .describe('A merge also fires record.created for the result and record.deleted for both originals.'),
  merge_in_progress_ms: milliseconds.default(0).describe('The result of a merge answers 404 merge_in_progress for so long.'),
  enrichment_burst: z
    .boolean()
    .default(false)
    .describe('250–300 ms after a company is created, 4 to 11 of its attributes are written by `system`.'),
  read_lag_ms: milliseconds.max(600_000).default(0).describe('Reads show the state of so long ago; x-accurate-at says so.'),
  rate_limit_storm: z
    .strictObject({
      for_ms: milliseconds.optional(),
      until: z.iso.datetime({ offset: true }).optional(),
      retry_after: z.enum(['date', 'seconds']).default('date'),
      retry_in_s: z.number().int().min(0).default(1),
    })
    .nullable()
    .default(null)
    .describe('Every call answers 429 until then (with neither for_ms nor until: until reset).'),
  read_limit: z.number().int().min(1).nullable().default(100).describe('Reads a second a token; null: no limit.'),
  write_limit: z.number().int().min(1).nullable().default(25).describe('Writes a second a token; null: no limit.'),
  rate_limit_retry_after: z.enum(['date', 'seconds']).default('date'),
  spurious_401: z
    .strictObject({ times: z.number().int().min(1).optional(), rate: z.number().min(0).max(1).default(1) })
    .nullable()
    .default(null)
    .describe('Answers 401 to a good token, `times` times or at this rate.'),
  server_errors: z
    .strictObject({
      rate: z.number().min(0).max(1).default(1),
      times: z.number().int().min(1).optional(),
      status: z.number().int().min(500).max(599).default(503),
      body: z.enum(['json', 'html', 'empty']).default('json'),
    })
    .nullable()
    .default(null),
  slow_ms: milliseconds.max(600_000).default(0).describe('Each API answer waits so long.'),
  hang: z.boolean().default(false).describe('API calls are accepted and never answered.'),
  odd_error_bodies: z.boolean().default(false).describe('Errors carry `statusCode` where `status_code` is usual.'),
  token_revoked: z.boolean().default(false).describe('/v2/self answers {"active":false}, everything else 401.'),
  missing_scopes: z.array(z.string()).default([]).describe('Scopes taken from every token, such as "note:read".'),
  paths: z.array(pathFault).default([]).describe('Answers for single paths.'),
  success_rule: z.enum(['2xx', '200-202']).default('2xx').describe('Which answers to a delivery count as success.'),
  retry_schedule_ms: z
    .array(milliseconds)
    .max(50)
    .nullable()
    .default(null)
    .describe('Pause before each retry; null: what the simulator was started with.'),
  delivery_timeout_ms: z.number().int().min(1).default(5_000),
  deliveries_per_second: z.number().min(0.1).max(100_000).default(25).describe('Pace per target URL.'),
  degraded_to_inactive_ms: milliseconds.default(7 * 24 * 3_600_000),
  degraded_recovery: z.enum(['never', 'on_success']).default('never').describe('Whether a success makes a degraded webhook active again.'),
  retries_after_delete: z.enum(['drop', 'keep']).default('drop').describe('What becomes of the waiting retries of a deleted webhook.'),
})

export type FaultSettings = z.output<typeof faultSettings>
export type PathFault = FaultSettings['paths'][number]
export const defaultFaults: FaultSettings = faultSettings.parse({})
