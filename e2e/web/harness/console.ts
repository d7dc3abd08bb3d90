import type { BrowserContext } from 'playwright-core'

export type Trouble = {
  /** Errors in the console (what the Content-Security-Policy forbids among them) and exceptions nobody caught, but for those allowed. */
  found(): string[]
  /** Lets errors be that a test means to cause: a refused request, a connection cut. */
  allow(pattern: RegExp): void
}

/** Listens to every page of a context. */
export function watchConsole(context: BrowserContext): Trouble {
  const heard: string[] = []
  const allowed: RegExp[] = []
  context.on('console', message => {
    if (message.type() === 'error') heard.push(`error: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', event => void heard.push(`uncaught: ${event.error().stack ?? event.error().message}`))
  return {
    found: () => heard.filter(text => !allowed.some(pattern => pattern.test(text))),
    allow: pattern => void allowed.push(pattern),
  }
}
