export interface Pace {
  /** Runs `send` at the target's next free moment, in the order asked. */
  at(targetUrl: string, perSecond: number, send: () => void): void
  /** Forgets everything that has not been sent. */
  close(): void
}

interface Lane {
  nextFree: number
  waiting: { perSecond: number; send: () => void }[]
  timer: NodeJS.Timeout | undefined
}

/** How far a late timer may be caught up, in milliseconds, so that the pace is the one asked for and not a little less. */
const timerSlack = 5

/** Smooths what goes to one URL: evenly spaced, at most `perSecond`, whatever the burst. `clock` is monotonic, in milliseconds. */
export function createPace(clock: () => number): Pace {
  const lanes = new Map<string, Lane>()

  const drain = (lane: Lane) => {
    lane.timer = undefined
    const now = clock()
    for (let head = lane.waiting[0]; head !== undefined && now >= lane.nextFree; head = lane.waiting[0]) {
      lane.waiting.shift()
      lane.nextFree = Math.max(lane.nextFree, now - timerSlack) + 1_000 / head.perSecond
      head.send()
    }
    if (lane.waiting.length > 0) lane.timer = setTimeout(() => drain(lane), Math.max(0, Math.ceil(lane.nextFree - clock())))
  }

  return {
    at(targetUrl, perSecond, send) {
      const lane = lanes.get(targetUrl) ?? { nextFree: 0, waiting: [], timer: undefined }
      lanes.set(targetUrl, lane)
      lane.waiting.push({ perSecond, send })
      if (lane.timer === undefined) drain(lane)
    },
    close() {
      for (const lane of lanes.values()) {
        clearTimeout(lane.timer)
        lane.waiting = []
      }
      lanes.clear()
    },
  }
}
