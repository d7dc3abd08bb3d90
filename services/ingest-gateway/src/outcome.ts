/** How a post can end, with the status Attio gets. Anything but 2xx makes Attio send it again. */
export const statusOf = {
  /** Committed now. */
  stored: 200,
  /** Committed before. */
  repeat: 200,
  /** Signed, but not JSON or not UTF-8. Not stored. */
  unreadable: 400,
  bad_signature: 401,
  unknown_endpoint: 404,
  too_large: 413,
  /** A coded body: Attio never sends one. */
  encoded: 415,
  rate_limited: 429,
  /** The webhook is just being made: its secret is not known yet, or is not to be opened. */
  not_ready: 503,
  /** Cannot be stored, or its endpoint not be read, now. */
  unavailable: 503,
} as const

export type Outcome = keyof typeof statusOf
