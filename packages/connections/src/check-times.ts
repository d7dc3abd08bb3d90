/** How often a connection is looked at. */
export const checkEveryMs = 5 * 60_000

/** A time within a tenth of the given one, by chance, so that connections that were looked at together drift apart. */
export function spread(ms: number): number {
  return ms * (0.9 + Math.random() * 0.2)
}

/** How long to wait before trying again what has failed for so long: half a minute at first, then twice as long each time, at most as long as usual. */
export function pauseWhileBroken(brokenForMs: number, everyMs: number): number {
  return Math.min(Math.max(brokenForMs, 30_000), everyMs)
}
