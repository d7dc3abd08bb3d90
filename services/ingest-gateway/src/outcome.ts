/** How a post can end, with the status Attio gets. Anything but 2xx makes Attio send it again. */
export const statusOf = {
  /** Committed, now or before. */
  stored: 200,
  /** Signed, but not JSON or not UTF-8. Not stored. */
  unreadable: 400,
  bad_signature: 401,
  unknown_endpoint: 404,
  too_large: 413,
  /** A coded body: Attio never sends one. */
  encoded: 415,
  rate_limited: 429,
  /** Cannot be stored, or not be verified, now. */
  unavailable: 503,
} as const

export type Outcome = keyof typeof statusOf
