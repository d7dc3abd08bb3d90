import { z } from 'zod'
import { startIdentityProvider } from './server.ts'

// The identity provider as a process of its own. Development and demonstrations only.

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4003),
  HOST: z.string().default('127.0.0.1'),
  /** Its own address as browsers and services see it, where that is not where it listens. */
  ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  PUBLIC_FRONTEND_URL: z.url(),
  WEB_TOKEN_SECONDS: z.coerce.number().int().min(1).optional(),
})

const settings = environment.safeParse(process.env)
if (!settings.success) {
  console.error(`The identity provider cannot start:\n${z.prettifyError(settings.error)}`)
  process.exit(1)
}
const { PORT, HOST, ISSUER, PUBLIC_FRONTEND_URL, WEB_TOKEN_SECONDS } = settings.data
const frontend = new URL(PUBLIC_FRONTEND_URL).origin
const provider = await startIdentityProvider({ port: PORT, host: HOST, issuer: ISSUER, frontend, webTokenSeconds: WEB_TOKEN_SECONDS })
console.log(`Development only: signs anybody in without a password at ${provider.issuer}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void provider.close().then(() => process.exit(0)))
