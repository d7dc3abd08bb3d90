/** How often a connection is looked at. */
export const checkEveryMs = 5 * 60_000

/** A time within a tenth of the given one, by chance, so that connections that were looked at together drift apart. */
export function spread(ms: number): number {
  return ms * (0.9 + Math.random() * 0.2)
}

/** How long to wait after Attio gave no verdict: half a minute at first, ever longer, at most as long as usual. */
export function pauseWithoutVerdict(silentMs: number, everyMs: number): number {
  return Math.min(Math.max(silentMs - everyMs, 30_000), everyMs)
}
