import type { Outcome } from '../outcome.ts'

/** What a check saw. Nothing of it holds a token, a secret or a key. */
export type Finding = {
  /** What is there, in a few words. */
  found: string
  /** What is wrong, each with what to do about it; empty where all is well. */
  faults: string[]
  /** What works, and should be otherwise. */
  warnings: string[]
}

/** One line where all is well, else one a fault; warnings follow. */
export function outcomeOf(check: string, { found, faults, warnings }: Finding): Outcome {
  const ok = faults.length === 0
  const lines = ok ? [`${check} ok: ${found}`] : faults.map(fault => `${check} not ok: ${fault}`)
  return {
    ok,
    lines: [...lines, ...warnings.map(warning => `warning: ${warning}`)],
    json: { check, ok, found: found || null, faults, warnings },
  }
}
