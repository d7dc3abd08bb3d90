import { httpMetrics, type Logger, type Metrics, problemHandler, requestIds } from '@worksights/runtime'
import express, { type Express, type Request, type RequestHandler } from 'express'
import staticFiles from 'express-static-gzip'
import type { Config } from './config.ts'
import { runtimeConfig } from './runtime-config.ts'
import { nonceOf, securityHeaders } from './security-headers.ts'
import type { WebApp } from './web-app.ts'

/** Serves the built app, and tells it where it runs. */
export function createFrontend(options: { config: Config; webApp: WebApp; log: Logger; meter: Metrics['meter'] }): Express {
  const { config, webApp, log, meter } = options
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple')
  app.use(httpMetrics(meter, routeOf))
  app.use(requestIds())
  app.use(securityHeaders(config))
  app.use(readingOnly)
  app.get('/config.json', (_request, response) => {
    response.set('cache-control', 'no-store').json(runtimeConfig(config))
  })
  app.use((request, response, next) => {
    if (!isPage(request.path)) return next()
    // Without an ETag: a browser that kept the page would be given a new nonce for the old one.
    response
      .set('cache-control', 'no-cache')
      .type('html')
      .send(webApp.page(nonceOf(response)))
  })
  app.use(
    staticFiles(webApp.folder, {
      index: false,
      enableBrotli: true,
      orderPreference: ['br', 'gzip'],
      serveStatic: {
        redirect: false,
        setHeaders: (response, path) => {
          // What is below /assets has its content's hash in its name; everything else is asked for anew.
          const hashed = path.startsWith(`${webApp.folder}/assets/`)
          response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        },
      },
    }),
  )
  app.use((_request, response) => {
    response.status(404).set('cache-control', 'no-store').type('text').send('There is no such file.\n')
  })
  app.use(problemHandler({ log, typeBase: `${config.PUBLIC_API_URL}/problems/` }))
  return app
}

/** An address of the app itself: it draws whatever belongs there, or says that nothing does. What looks like a file is one, or is missing. */
function isPage(path: string): boolean {
  if (path === '/index.html') return true
  return !path.startsWith('/assets/') && !path.slice(path.lastIndexOf('/')).includes('.')
}

/** What a request is for, as metrics name it: a few names for any number of addresses. */
function routeOf({ path }: Request): string {
  if (path === '/config.json') return path
  if (isPage(path)) return '/{page}'
  return path.startsWith('/assets/') ? '/assets/{file}' : '/{file}'
}

const readingOnly: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next()
  response.status(405).set('allow', 'GET, HEAD').type('text').send('Only GET and HEAD are answered here.\n')
}
