import { type Problem, ProblemError } from '@worksights/api-client'
import { isTimeout } from './fetch.ts'

/** The data of an answer; a problem is thrown, as queries and mutations want it. */
export async function dataOf<T>(asked: Promise<{ data?: T; error?: Problem; response: Response }>): Promise<T> {
  const { data, error } = await asked
  if (error) throw new ProblemError(error)
  // An answer without a body has no data: it is what its route promised.
  return data as T
}

/** The problem behind a failure; null where no answer came at all: no network, or a server that is away. */
export function problemOf(error: unknown): Problem | null {
  return error instanceof ProblemError ? error.problem : null
}

/** Whether no answer came: no network, a server that is away, or one that takes too long. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof TypeError || isTimeout(error)
}

/**
 * Whether asking again at once may help: what passes by itself, but for who asked too much already, and where a person has waited long enough to be told.
 */
export function mayPass(error: unknown): boolean {
  const problem = problemOf(error)
  return problem ? problem.status === 408 || problem.status >= 500 : !isTimeout(error)
}
