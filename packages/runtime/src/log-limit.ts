import type { Clock } from './clock.ts'

/**
 * Keeps a fault that repeats with every request from flooding the log: `write` is called at most once in `everyMs`, with how many
 * times it was held back since it was last called.
 */
export function createLogLimit({ everyMs, clock }: { everyMs: number; clock: Clock }): (write: (heldBack: number) => void) => void {
  let writtenAt = Number.NEGATIVE_INFINITY
  let heldBack = 0
  return write => {
    const now = clock.now()
    if (now - writtenAt < everyMs) {
      heldBack++
      return
    }
    writtenAt = now
    write(heldBack)
    heldBack = 0
  }
}
