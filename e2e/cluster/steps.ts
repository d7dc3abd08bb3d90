const minute = 60_000

/** What did not hold, or ended badly: shown without a stack. */
export class RunError extends Error {}

/** What somebody who watches is told, on stderr; results go to stdout. */
export type Steps = {
  /** Does one thing: says so when it begins, and how long it took. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  say(text: string): void
}

export function openSteps(say: (text: string) => void = text => void process.stderr.write(`${text}\n`)): Steps {
  return {
    say,
    async step(name, work) {
      const started = Date.now()
      say(`… ${name}`)
      try {
        const result = await work()
        say(`✓ ${name}: ${duration(Date.now() - started)}`)
        return result
      } catch (error) {
        say(`✗ ${name}: ${duration(Date.now() - started)}`)
        throw error
      }
    },
  }
}

/** `4.2 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < minute) return `${(ms / 1_000).toFixed(1)} s`
  return `${Math.floor(ms / minute)} min ${Math.round((ms % minute) / 1_000)} s`
}
