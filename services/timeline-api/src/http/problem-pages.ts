import { Router } from 'express'
import type { KnownProblem } from './openapi-problems.ts'
import { escapeHtml, plainPage } from './plain-page.ts'

/** A page for each code: what `type` of a problem leads to. Plain HTML, nothing of it from elsewhere. */
export function problemPages(problems: readonly KnownProblem[]): Router {
  const pages = new Map(problems.map(problem => [problem.code, pageOf(problem)]))
  const router = Router({ strict: true })
  router.get('/problems/:code', (request, response, next) => {
    const page = pages.get(request.params.code)
    if (page) response.set('cache-control', 'max-age=3600').type('html').send(page)
    else next()
  })
  return router
}

function pageOf({ code, status, title, description, routes }: KnownProblem): string {
  const items = routes.map(route => `<li><code>${escapeHtml(route)}</code></li>`).join('\n')
  return plainPage(
    title,
    `<p><code>${code}</code>, status ${status}</p>
<p>${withCode(escapeHtml(description))}</p>
${items && `<p>Answered by:</p>\n<ul>\n${items}\n</ul>`}
<p>The answer itself says in <code>detail</code> what to do. Give its <code>request_id</code> to whoever helps. <a href="../docs">All of the API</a></p>`,
    '../docs/favicon-32x32.png',
  )
}
const withCode = (html: string) => html.replace(/`([^`]+)`/g, '<code>$1</code>')
