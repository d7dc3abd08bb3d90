import { STATUS_CODES } from 'node:http'
import { Problem, requestIdOf } from '@worksights/runtime'
import type { ErrorRequestHandler, Request } from 'express'
import { escapeHtml, plainPage } from './plain-page.ts'

/**
 * Answers a problem as a page where a person's browser asks: of a download link that is spent, say. Goes before the handler that answers programs, and leaves
 * it our own faults, which it logs.
 */
export function problemToPeople({ apiUrl, frontendUrl }: { apiUrl: string; frontendUrl: string }): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (!(error instanceof Problem) || error.options.status >= 500 || response.headersSent || !prefersHtml(request)) return next(error)
    const { status, title = STATUS_CODES[status] ?? 'Error', detail, headers } = error.options
    const body = `<p>${escapeHtml(detail)}</p>
<p><a href="${escapeHtml(frontendUrl)}">To the timeline</a></p>
<p><small>If you ask for help, say <code>${escapeHtml(requestIdOf(response))}</code>.</small></p>`
    response
      .status(status)
      .set(headers ?? {})
      .set('cache-control', 'no-store')
      .vary('accept')
      .type('html')
      .send(plainPage(title, body, `${apiUrl}/docs/favicon-32x32.png`))
  }
}

/** A browser that opens an address names HTML first; a program says what it takes, or that it takes anything. */
function prefersHtml(request: Request): boolean {
  return request.method === 'GET' && request.accepts(['application/problem+json', 'application/json', 'html']) === 'html'
}
