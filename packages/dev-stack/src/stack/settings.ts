import { z } from 'zod'
import { StartError } from './start-error.ts'

const given = z.string().min(1).optional()
const environment = z.object({
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  ATTIO_CLIENT_ID: given,
  ATTIO_CLIENT_SECRET: given,
  PUBLIC_GATEWAY_URL: z.url({ protocol: /^https$/, error: 'must be the https address at which Attio reaches the gateway' }).optional(),
})

export type RealAttio = { clientId: string; clientSecret: string; gatewayUrl: string }
export type Settings = { redisUrl: string | null; logLevel: string; realAttio: RealAttio | null }

/** Reads what the environment decides. An empty variable counts as absent. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(present)
  if (!parsed.success) throw new StartError(`The environment is not right:\n${z.prettifyError(parsed.error)}`)
  const { REDIS_URL, LOG_LEVEL, ATTIO_CLIENT_ID: clientId, ATTIO_CLIENT_SECRET: clientSecret, PUBLIC_GATEWAY_URL: gatewayUrl } = parsed.data
  const settings = { redisUrl: REDIS_URL ?? null, logLevel: LOG_LEVEL }
  if (clientId && clientSecret && gatewayUrl) return { ...settings, realAttio: { clientId, clientSecret, gatewayUrl } }
  if (clientId || clientSecret) {
    throw new StartError(
      'For the real Attio set all of ATTIO_CLIENT_ID, ATTIO_CLIENT_SECRET and PUBLIC_GATEWAY_URL; for the simulator none.',
    )
  }
  return { ...settings, realAttio: null }
}
