import type { Console } from './console.ts'

/** npm and the terminal both pass one Ctrl-C on, so what follows the first signal within this time is the same one. */
const SAME_PRESS_MS = 1_000

/**
 * Resolves when this process is to stop: Ctrl-C, SIGTERM, a closed terminal, a reader of the output that went away, or the end of the process
 * that started this one. A second Ctrl-C gives up waiting: the guardian stops the rest.
 */
export function interruption(console: Console): Promise<'interrupted'> {
  return new Promise(resolve => {
    let first: number | undefined
    const onSignal = () => {
      if (first === undefined) first = performance.now()
      else if (performance.now() - first > SAME_PRESS_MS) {
        console.say('Leaving the rest to be stopped in the background.')
        process.exit(130)
      }
      resolve('interrupted')
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve('interrupted'))
    process.once('disconnect', () => resolve('interrupted'))
  })
}
