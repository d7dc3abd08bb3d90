import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { z } from 'zod'
import { people } from './people.ts'
import { createProvider, type ProviderOptions } from './provider.ts'
import { signInPage } from './sign-in-page.ts'

export type IdentityProvider = { issuer: string; close(): Promise<void> }

const choice = z.object({ sub: z.enum(people.map(({ sub }) => sub)) })

export type ServerOptions = ProviderOptions & {
  /** 0 takes a free one. */
  port: number
  /** The address to listen on; 127.0.0.1 if absent. */
  host?: string
  /** Its address as browsers and services see it; if absent, where it listens. */
  issuer?: string | undefined
}

/** Starts an OpenID Connect provider for development: real protocol, no passwords. */
export async function startIdentityProvider({
  port,
  host = '127.0.0.1',
  issuer: publicAddress,
  ...options
}: ServerOptions): Promise<IdentityProvider> {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The identity provider has no address.')
  const issuer = publicAddress?.replace(/\/$/, '') ?? `http://127.0.0.1:${address.port}`
  const provider = await createProvider(issuer, options)
  const app = express()
  app.disable('x-powered-by')
  app.get('/sign-in/:uid', async (request, response) => {
    await provider.interactionDetails(request, response)
    response
      .set('cache-control', 'no-store')
      .type('html')
      .send(signInPage(`/sign-in/${request.params.uid}`, people))
  })
  app.post('/sign-in/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const chosen = choice.safeParse(request.body)
    if (!chosen.success) {
      response
        .status(400)
        .type('text')
        .send(`Nobody here has that name. Send "sub" as one of: ${people.map(({ sub }) => sub).join(', ')}.`)
      return
    }
    const login = { accountId: chosen.data.sub }
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  })
  app.use(provider.callback())
  server.on('request', app)
  return {
    issuer,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
