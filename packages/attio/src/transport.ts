import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import axios, { isAxiosError } from 'axios'
import { z } from 'zod'
import { describeIssues, moment } from './attio-fields.ts'
import { errorFromAnswer } from './error-mapping.ts'
import { fillPath } from './path.ts'
import type { AttioError, AttioResult } from './result.ts'

/** Limits of one call, on top of the client's. `timeoutMs` is for the whole call, the body included. */
export type CallOptions = { signal?: AbortSignal | undefined; timeoutMs?: number | undefined }

/** What a finished call looked like: for metrics and for the read budget. `endpoint` is `GET /v2/notes/{note_id}`, without ids. */
export type ResponseInfo = {
  endpoint: string
  /** The host that was asked, as configured. */
  serverAddress: string
  status: number | null
  durationMs: number
  outcome: 'ok' | AttioError['kind']
  executionId: string | null
  error: AttioError | null
}

/** Fits pino. */
export type AttioLog = { debug(fields: object, message: string): void; warn(fields: object, message: string): void }

export type TransportOptions = {
  baseUrl: string
  headers: Record<string, string>
  /** Strings that must never be seen outside, such as the token: cut out of every message. */
  secrets: readonly string[]
  timeoutMs: number
  log?: AttioLog | undefined
  httpAgent?: HttpAgent | HttpsAgent | undefined
  /** Awaited before each request, each page included: the place for a read budget. What it throws, the call throws. */
  beforeRequest?: ((request: { endpoint: string; signal: AbortSignal | undefined }) => Promise<void>) | undefined
  onResponse?: ((info: ResponseInfo) => void) | undefined
}

export type RequestSpec<T> = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path template, `/v2/notes/{note_id}`; each `{name}` is filled from `params`. */
  path: string
  params?: Record<string, string>
  query?: Record<string, string | number | boolean>
  /** JSON, or a form when it is URLSearchParams. */
  body?: object
  /** Of the parsed reply; it sees undefined where the body is not JSON. */
  schema: z.ZodType<T>
  /** Needed scopes, for a 403 that does not say. */
  scopes?: readonly string[]
}

export type Send = <T>(spec: RequestSpec<T>, options?: CallOptions) => Promise<AttioResult<T>>

/** Largest reply read: 500 wide records are a few MB. */
const LARGEST_REPLY_BYTES = 64 * 1024 * 1024

/**
 * One HTTP call, one result: every status, broken body and broken connection becomes an `AttioError`. Never retries, never follows
 * a redirect (the token would travel with it), and lets no axios error out, since those carry the request's headers.
 */
export function createTransport(options: TransportOptions): Send {
  const redact = (message: string) =>
    options.secrets.filter(secret => secret !== '').reduce((text, secret) => text.replaceAll(secret, '[redacted]'), message)

  async function attempt<T>(
    spec: RequestSpec<T>,
    endpoint: string,
    call: CallOptions,
  ): Promise<AttioResult<T> & { status: number | null }> {
    const url = options.baseUrl.replace(/\/+$/, '') + fillPath(spec.path, spec.params ?? {})
    const timeout = AbortSignal.timeout(call.timeoutMs ?? options.timeoutMs)
    let response: Awaited<ReturnType<typeof axios.request<string>>>
    try {
      response = await axios.request<string>({
        method: spec.method,
        url,
        params: spec.query,
        data: spec.body,
        headers: { accept: 'application/json', 'user-agent': 'worksights-attio', ...options.headers },
        signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
        httpAgent: options.httpAgent,
        httpsAgent: options.httpAgent,
        maxRedirects: 0,
        maxContentLength: LARGEST_REPLY_BYTES,
        responseType: 'text',
        transformResponse: body => body,
        validateStatus: () => true,
      })
    } catch (thrown) {
      const reason = call.signal?.aborted ? 'aborted' : timeout.aborted ? 'timeout' : 'network'
      const detail = isAxiosError(thrown) ? (thrown.code ?? 'no code') : 'no code'
      const message = reason === 'network' ? `Attio could not be reached (${detail})` : `The call was ended (${reason})`
      const nothingCame = { status: null, code: null, executionId: null, accurateAt: null }
      const error: AttioError = { kind: 'unavailable', reason, endpoint, message, ...nothingCame }
      return { ok: false, error, status: null }
    }

    const { status } = response
    const header = (name: string): string | null => z.string().nullable().catch(null).parse(response.headers[name])
    const executionId = header('x-attio-execution-id')
    const accurateAt = moment.parse(header('x-accurate-at'))
    const context = { endpoint, executionId, accurateAt }
    if (status < 200 || status > 299) {
      const answer = { status, body: response.data, retryAfter: header('retry-after'), date: header('date') }
      const error = errorFromAnswer(answer, context, spec.scopes ?? [], new Date())
      return { ok: false, error: { ...error, message: redact(error.message) }, status }
    }
    const reply = spec.schema.safeParse(jsonOrUndefined(response.data))
    if (reply.success) return { ok: true, data: reply.data, accurateAt, executionId, status }
    const message = 'Attio answered with something we cannot read'
    const problem = describeIssues(reply.error).slice(0, 5).join('; ')
    return { ok: false, error: { kind: 'unexpected_reply', problem, ...context, status, code: null, message }, status }
  }

  const serverAddress = new URL(options.baseUrl).hostname
  return async (spec, call = {}) => {
    const endpoint = `${spec.method} ${spec.path}`
    await options.beforeRequest?.({ endpoint, signal: call.signal })
    const started = performance.now()
    const { status, ...result } = await attempt(spec, endpoint, call)
    const error = result.ok ? null : result.error
    const executionId = result.ok ? result.executionId : result.error.executionId
    const durationMs = performance.now() - started
    const info: ResponseInfo = { endpoint, serverAddress, status, durationMs, outcome: error?.kind ?? 'ok', executionId, error }
    options.onResponse?.(info)
    logCall(options.log, info)
    return result
  }
}

function jsonOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** One line a call. What a healthy day brings (a record that is gone, our own shutdown) is no warning. */
function logCall(log: AttioLog | undefined, info: ResponseInfo): void {
  const { error, serverAddress: _, ...rest } = info
  const fields = { ...rest, durationMs: Math.round(info.durationMs) }
  const quiet =
    error === null ||
    error.kind === 'not_found' ||
    error.kind === 'merge_in_progress' ||
    (error.kind === 'unavailable' && error.reason === 'aborted')
  if (quiet) {
    log?.debug(fields, 'attio call')
    return
  }
  const detail =
    error.kind === 'unexpected_reply' ? { problem: error.problem } : error.kind === 'unavailable' ? { reason: error.reason } : {}
  log?.warn({ ...fields, code: error.code, ...detail }, 'attio call failed')
}
