import { listen, startService } from '@worksights/runtime'
import { createFrontend } from './app.ts'
import { configSchema } from './config.ts'
import { openWebApp } from './web-app.ts'

const { config, log, meter, refuse, onShutdown, serveAdmin } = startService('frontend', configSchema)
const webApp = await openWebApp(config.WEB_FOLDER).catch(refuse)
const server = await listen(createFrontend({ config, webApp, log, meter }), { port: config.PORT, host: config.HOST })

onShutdown('finish requests', () => server.close())
const adminPort = await serveAdmin({
  // Everything it serves is in its own image: while it runs, it is ready.
  readiness: async () => [],
  liveness: () => [{ name: 'event_loop', ok: true }],
})
log.info({ port: server.port, admin_port: adminPort }, 'listening')
