/** What was started, to be stopped in the opposite order. */
export type Teardown = {
  add(stop: () => Promise<void>): void
  /** True from the first `run` on: whoever is still starting things should give up. What is added later is stopped by the next `run`. */
  readonly closed: boolean
  run(): Promise<void>
}

export function openTeardown(): Teardown {
  const stops: (() => Promise<void>)[] = []
  let closed = false
  return {
    add: stop => void stops.push(stop),
    get closed() {
      return closed
    },
    async run() {
      closed = true
      for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
    },
  }
}
