import type { Page } from 'playwright-core'

export type Frames = {
  seconds: number
  /** Frames the page's own thread drew, a second. */
  per_second: number
  /** In the worst second of all. */
  worst_second: number
  p95_ms: number
  p99_ms: number
  longest_ms: number
  /** Frames that took longer than 50 ms: what people see as a stutter. */
  over_50_ms: number
}

declare global {
  interface Window {
    /** Times of the frames drawn since `recordFrames`, in ms. */
    frameTimes?: number[]
  }
}

/** Notes when the page draws, from now on. */
export async function recordFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.frameTimes = []
    const note = (time: number) => {
      window.frameTimes?.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
}

/** Takes what was recorded since the last time, as spans between frames in ms, and begins anew. */
export async function takeSpans(page: Page): Promise<number[]> {
  const times = await page.evaluate(() => window.frameTimes?.splice(0) ?? [])
  return times.slice(1).map((time, place) => time - (times[place] ?? time))
}

/** What spans between frames come to. */
export function framesOf(spans: number[]): Frames {
  const sorted = spans.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  const seconds = spans.reduce((sum, span) => sum + span, 0) / 1_000
  return {
    seconds: Math.round(seconds),
    per_second: Math.round((spans.length / seconds) * 10) / 10,
    worst_second: worstSecond(spans),
    p95_ms: at(0.95),
    p99_ms: at(0.99),
    longest_ms: at(1),
    over_50_ms: spans.filter(span => span > 50).length,
  }
}

function worstSecond(spans: number[]): number {
  const counts: number[] = []
  let time = 0
  for (const span of spans) {
    time += span
    const second = Math.floor(time / 1_000)
    counts[second] = (counts[second] ?? 0) + 1
  }
  // The last second is not a whole one; one without any frame is a hole in the array.
  return Math.min(...Array.from({ length: Math.max(1, counts.length - 1) }, (_, second) => counts[second] ?? 0))
}
