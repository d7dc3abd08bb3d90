import { type Problem, ProblemError } from '@worksights/api-client'

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

/** Whether asking once more may help: what passes by itself. */
export function mayPass(error: unknown): boolean {
  const problem = problemOf(error)
  return problem === null || problem.status === 408 || problem.status === 429 || problem.status >= 500
}
