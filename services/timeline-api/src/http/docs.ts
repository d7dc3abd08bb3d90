import { type RequestHandler, Router } from 'express'
import helmet from 'helmet'
import { getAbsoluteFSPath } from 'swagger-ui-dist'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WorkSights timeline API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/page.css">
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
</head>
<body>
<div id="reference"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`

const start = `const dark = matchMedia('(prefers-color-scheme: dark)')
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', paint)
paint()
SwaggerUIBundle({ url: 'openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null })
`

/** Keeps a narrow screen from being wider than it is: tables scroll by themselves, long words break. */
const style = `.swagger-ui .info table { display: block; overflow-x: auto }
.swagger-ui .info, .swagger-ui .opblock-summary-path { overflow-wrap: anywhere }
.swagger-ui .info table code { white-space: nowrap }
`

const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

/** Serves the OpenAPI document and a page to read it by. Everything comes from this server: the page works without the internet. */
export function documentation(document: unknown): Router {
  const json = JSON.stringify(document)
  const router = Router({ strict: true })
  router.get('/openapi.json', (_request, response) => {
    response.set('cache-control', 'no-cache').type('application/json').send(json)
  })
  router.get('/docs', ownContentOnly, (_request, response) => {
    response.type('html').send(page)
  })
  router.get('/docs/start.js', (_request, response) => {
    response.type('application/javascript').send(start)
  })
  router.get('/docs/page.css', (_request, response) => {
    response.type('css').send(style)
  })
  for (const asset of assets) {
    router.get(`/docs/${asset}`, (_request, response) => response.sendFile(asset, { root: getAbsoluteFSPath(), maxAge: '1h' }))
  }
  return router
}

const ownContentOnly: RequestHandler = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // The reference sets style attributes as it draws.
    styleSrc: ["'self'", "'unsafe-inline'"],
    // Its icons are data URLs within its stylesheet.
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})
