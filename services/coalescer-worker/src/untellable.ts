import pg from 'pg'
import { ZodError } from 'zod'

/*
 * Whose fault it is that lanes could not be projected. What is wrong with the lane itself stays wrong when it is tried again soon; a database that fails is
 * nobody's fault and costs no attempts.
 */

/** The events of a lane cannot be told with this release, or their line cannot be stored. `cause` is what was thrown. */
export class UntellableError extends Error {
  constructor(cause: unknown) {
    super('The events of a lane cannot be told.', { cause })
    this.name = 'UntellableError'
  }

  /** For people, without anything of what is stored. */
  get reason(): string {
    const { cause } = this
    if (cause instanceof ZodError) return 'could not be made into a line: what is stored of it cannot be read by this release'
    if (cause instanceof pg.DatabaseError) return 'could not be made into a line: the line is refused by the database'
    return `could not be made into a line: ${cause instanceof Error ? cause.name : 'unknown fault'}`
  }
}

/** SQLSTATE classes that speak of the values written: data exception, integrity constraint violation, limit exceeded. */
const valueFaults = /^(22|23|54)/

/** What a failed projection says about its lanes; null where it says nothing about them. */
export function asUntellable(error: unknown): UntellableError | null {
  if (error instanceof UntellableError) return error
  return error instanceof pg.DatabaseError && valueFaults.test(error.code ?? '') ? new UntellableError(error) : null
}
