import type { Problem } from './schema.ts'

/** An answer that is a problem, where there is no `{ data, error }` to put it in: pages, streams, runs. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.title}: ${problem.detail}`)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** What may pass by itself: too many requests, and the server's own faults. */
export function isPassing({ status }: Problem): boolean {
  return status === 408 || status === 429 || status >= 500
}

const problemType = 'application/problem+json'

/**
 * Makes an answer that failed one with a problem as its body, whoever wrote it: a proxy on the way knows nothing of problem documents, and says
 * `502 Bad Gateway` in HTML or nothing at all. A page of HTML is no answer of the API's whatever its status: networks that want to be signed in to send theirs
 * with 200. Their code is `unexpected_answer`.
 */
export function asProblem(response: Response): Response {
  const type = response.headers.get('content-type') ?? ''
  if (response.ok ? !type.startsWith('text/html') : type.startsWith(problemType)) return response
  // Of no use to anybody; left unread it would keep its connection.
  response.body?.cancel().catch(() => undefined)
  // With 200 it would be taken for an answer.
  const status = response.ok ? 502 : response.status
  const problem: Problem = {
    type: 'about:blank',
    title: (!response.ok && response.statusText) || 'The request failed',
    status,
    detail: `Something between here and the API answered ${response.status}. Try again; if it stays, tell whoever runs the server.`,
    code: 'unexpected_answer',
    request_id: response.headers.get('x-request-id') ?? '',
  }
  const headers = new Headers({ 'content-type': problemType })
  const retryAfter = response.headers.get('retry-after')
  if (retryAfter !== null) headers.set('retry-after', retryAfter)
  return new Response(JSON.stringify(problem), { status, statusText: response.statusText, headers })
}
