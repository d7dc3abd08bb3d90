/** What every error tells: which endpoint (`GET /v2/notes/{note_id}`), Attio's own words if any, and its id for the support desk. */
export type AttioErrorContext = {
  endpoint: string
  /** HTTP status, or null when no answer came. */
  status: number | null
  /** Attio's `code`, such as `not_found`. */
  code: string | null
  /** For people; may quote Attio, never a token. Not for logs: Attio may quote the request in it. */
  message: string
  executionId: string | null
  /** The moment the answer is true of: reads may lag behind writes, so a 404 older than the event is no proof. */
  accurateAt: Date | null
}

/**
 * Why a call gave no data.
 * - `not_found`: Attio says the thing does not exist. Not yet, or no more: the caller decides.
 * - `merge_in_progress`: the record is the result of a merge that Attio has not finished.
 * - `forbidden`: `scope` is the missing scope if Attio named it or the endpoint needs only one; `neededScopes` are all it needs.
 * - `unauthorized`: not final, Attio sends 401 under load too. Ask `self()` before giving a token up.
 * - `rate_limited`: ask again at `retryAt`; costs no attempt.
 * - `invalid_request`: asking again as it is cannot succeed. `issues` are Attio's validation errors.
 * - `unavailable`: no usable answer for now; ask again later.
 * - `unexpected_reply`: an answer that is not Attio's, or not of a shape we know; `problem` names what is wrong without values.
 */
export type AttioError = AttioErrorContext &
  (
    | { kind: 'not_found' }
    | { kind: 'merge_in_progress' }
    | { kind: 'forbidden'; scope: string | null; neededScopes: readonly string[] }
    | { kind: 'unauthorized' }
    | { kind: 'rate_limited'; retryAt: Date }
    | { kind: 'invalid_request'; issues: ValidationIssue[] }
    | { kind: 'unavailable'; reason: 'server_error' | 'network' | 'timeout' | 'aborted' }
    | { kind: 'unexpected_reply'; problem: string }
  )

export type ValidationIssue = { path: string; message: string }

/** `accurateAt` is the moment the data is true of (`x-accurate-at`), `executionId` Attio's id of the call. */
export type AttioResult<T> = { ok: true; data: T; accurateAt: Date | null; executionId: string | null } | { ok: false; error: AttioError }
