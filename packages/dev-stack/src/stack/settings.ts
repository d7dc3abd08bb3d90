import { z } from 'zod'
import { StartError } from './start-error.ts'

const given = z.string().min(1).optional()
const environment = z.object({
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  WEB_TOKEN_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number of seconds')
    .optional(),
  ATTIO_CLIENT_ID: given,
  ATTIO_CLIENT_SECRET: given,
  PUBLIC_GATEWAY_URL: z.url({ protocol: /^https$/, error: 'must be the https address at which Attio reaches the gateway' }).optional(),
})

export type RealAttio = { clientId: string; clientSecret: string; gatewayUrl: string }
export type Settings = {
  redisUrl: string | null
  logLevel: string
  /** How long a token of the web page lives; null: as long as the identity provider likes. */
  webTokenSeconds: string | null
  realAttio: RealAttio | null
}

/** Reads what the environment decides. An empty variable counts as absent. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(present)
  if (!parsed.success) throw new StartError(`The environment is not right:\n${z.prettifyError(parsed.error)}`)
  const { ATTIO_CLIENT_ID: clientId, ATTIO_CLIENT_SECRET: clientSecret, PUBLIC_GATEWAY_URL: gatewayUrl } = parsed.data
  const { REDIS_URL = null, LOG_LEVEL, WEB_TOKEN_SECONDS = null } = parsed.data
  const settings = { redisUrl: REDIS_URL, logLevel: LOG_LEVEL, webTokenSeconds: WEB_TOKEN_SECONDS }
  if (clientId && clientSecret && gatewayUrl) return { ...settings, realAttio: { clientId, clientSecret, gatewayUrl } }
  if (clientId || clientSecret) {
    throw new StartError(
      'For the real Attio set all of ATTIO_CLIENT_ID, ATTIO_CLIENT_SECRET and PUBLIC_GATEWAY_URL; for the simulator none.',
    )
  }
  return { ...settings, realAttio: null }
}
