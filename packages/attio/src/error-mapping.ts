import { z } from 'zod'
import type { AttioError, AttioErrorContext } from './result.ts'
import { retryAt } from './retry-after.ts'

/** An HTTP answer as far as errors need it; `body` is unparsed. */
export type HttpAnswer = { status: number; body: string; retryAfter: string | null; date: string | null }

const text = z.string().optional().catch(undefined)

// `status_code` and `statusCode` both occur, which is why neither is read: the HTTP status is. OAuth answers with `error`.
const errorBody = z.object({
  code: text,
  message: text,
  error: text,
  error_description: text,
  validation_errors: z
    .array(
      z
        .object({ path: z.array(z.union([z.string(), z.number()])).catch([]), message: z.string().catch('invalid') })
        .transform(({ path, message }) => ({ path: path.join('.'), message })),
    )
    .catch([]),
})

/**
 * What an answer outside 200–299 means. A 403 or 404 counts only in Attio's own words (JSON): a proxy's or a wall's page of that
 * status says nothing about a record. The same goes for Attio's 404 for a path that does not exist.
 */
export function errorFromAnswer(
  answer: HttpAnswer,
  context: Pick<AttioErrorContext, 'endpoint' | 'executionId' | 'accurateAt'>,
  neededScopes: readonly string[],
  now: Date,
): AttioError {
  const { status } = answer
  const body = parseErrorBody(answer.body)
  const code = body?.code ?? body?.error ?? null
  const message = body?.message ?? body?.error_description ?? `Attio answered ${status}`
  const common: AttioErrorContext = { ...context, status, code, message }
  const notAttio = { ...common, kind: 'unexpected_reply' as const, problem: `status ${status} with a body that is not Attio's` }

  if (status === 429) return { ...common, kind: 'rate_limited', retryAt: retryAt(answer.retryAfter, answer.date, now) }
  if (status === 401) return { ...common, kind: 'unauthorized' }
  if (status === 408) return { ...common, kind: 'unavailable', reason: 'timeout' }
  if (status >= 500) return { ...common, kind: 'unavailable', reason: 'server_error' }
  if (status < 400) return { ...common, kind: 'unexpected_reply', problem: `status ${status}: redirects are not followed` }
  if (status === 403) return body ? { ...common, kind: 'forbidden', scope: scopeFor(code, message, neededScopes), neededScopes } : notAttio
  if (status === 404 || status === 410) {
    if (!body) return notAttio
    if (code === 'merge_in_progress') return { ...common, kind: 'merge_in_progress' }
    if (/^could not find endpoint/i.test(message)) return { ...common, kind: 'unexpected_reply', problem: 'Attio has no such endpoint' }
    return { ...common, kind: 'not_found' }
  }
  return { ...common, kind: 'invalid_request', issues: body?.validation_errors ?? [] }
}

function parseErrorBody(body: string) {
  try {
    return errorBody.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

function scopeFor(code: string | null, message: string, neededScopes: readonly string[]): string | null {
  if (code === 'billing_error') return null
  const named = /\b[a-z_]+:read(-write)?\b/.exec(message)?.[0]
  const [only, ...others] = neededScopes
  return named ?? (others.length === 0 ? only : undefined) ?? null
}
