/** Attempts at a delivery or at a lane before it is a dead letter: with the pauses below, about a quarter of an hour. */
export const maxAttempts = 8

/** How long to wait after the given failed attempt (1 = the first), in ms: 1 s, 3 s, 9 s … at most ten minutes, each within ±25 % by chance. */
export function pauseAfter(attempt: number): number {
  return Math.min(1_000 * 3 ** (attempt - 1), 600_000) * (0.75 + Math.random() * 0.5)
}
