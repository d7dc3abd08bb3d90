export interface ValidationIssue {
  code: string
  path: (string | number)[]
  message: string
}

/** An error Attio would answer: thrown anywhere below a route, turned into Attio's body by the router. */
export class ApiError extends Error {
  readonly status: number
  readonly type: 'invalid_request_error' | 'auth_error' | 'rate_limit_error' | 'api_error'
  readonly code: string
  readonly issues: ValidationIssue[] | undefined
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    message: string,
    more: { type?: ApiError['type']; issues?: ValidationIssue[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.type = more.type ?? 'invalid_request_error'
    this.code = code
    this.issues = more.issues
    this.headers = more.headers ?? {}
  }

  /** Attio's error body. A few of its endpoints are documented with `statusCode` in place of `status_code`. */
  body(statusKey: 'status_code' | 'statusCode'): Record<string, unknown> {
    return {
      [statusKey]: this.status,
      type: this.type,
      code: this.code,
      message: this.message,
      ...(this.issues === undefined ? {} : { validation_errors: this.issues }),
    }
  }
}

export const notFound = (message: string) => new ApiError(404, 'not_found', message)

export const invalid = (message: string, code = 'validation_type') => new ApiError(400, code, message)

export const invalidBody = (issues: ValidationIssue[], what = 'Body payload') =>
  new ApiError(400, 'validation_type', `${what} validation error.`, { issues })

export const conflict = (message: string, code: 'slug_conflict' | 'uniqueness_conflict') => new ApiError(409, code, message)

/** Assumed: nobody published the body of Attio's 401. */
export const unauthorized = () =>
  new ApiError(401, 'unauthorized', 'Access token is missing, invalid or was revoked.', {
    type: 'auth_error',
    headers: { 'www-authenticate': 'Bearer' },
  })

export const forbidden = (scope: string) =>
  new ApiError(403, 'unauthorized', `You do not have the necessary permissions to perform this action. Missing scope: ${scope}.`, {
    type: 'auth_error',
  })

export const rateLimited = (retryAfter: string) =>
  new ApiError(429, 'rate_limit_exceeded', 'Rate limit exceeded, please try again later', {
    type: 'rate_limit_error',
    headers: { 'retry-after': retryAfter },
  })
