import { z } from 'zod'
import { allScopes } from './api/tokens.ts'

/** Assumed: Attio says "up to 10 times … over approximately 3 days"; 4.2 minutes doubled ten times are 71.6 hours. */
export const assumedRetrySchedule: number[] = Array.from({ length: 10 }, (_, retry) => 252_000 * 2 ** retry)

export const simulatorOptions = z.strictObject({
  /** 0 takes a free one. */
  port: z.number().int().min(0).max(65_535).default(0),
  host: z.string().min(1).default('127.0.0.1'),
  /** Same seed, same world: ids, names, day. */
  seed: z.string().min(1).default('northwind'),
  clientId: z.string().min(1).default('simulator-client'),
  clientSecret: z.string().min(1).default('simulator-secret'),
  /** What the OAuth app asks for, and so each token it gets holds; without it everything, as a careless app does. */
  scopes: z.array(z.string().min(1)).default(allScopes),
  /** Exactly these; without them any on localhost or 127.0.0.1. */
  redirectUris: z.array(z.url()).optional(),
  /** Attio takes only https targets; `any` also takes plain http, for use on one machine. */
  webhookTargets: z.enum(['https', 'any']).default('any'),
  /** Pause before each retry of a delivery, in milliseconds. */
  retrySchedule: z.array(z.number().int().min(0)).max(50).default(assumedRetrySchedule),
  log: z.custom<(message: string) => void>(value => typeof value === 'function').optional(),
})

export type SimulatorOptions = z.input<typeof simulatorOptions>
export type SimulatorSettings = z.output<typeof simulatorOptions>
