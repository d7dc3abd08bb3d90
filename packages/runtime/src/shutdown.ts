import type { Logger } from './logger.ts'

export type Shutdown = {
  /** True from the moment the process was told to stop. */
  readonly draining: boolean
  /** Adds a step. Steps run one after the other, in the order they were added. */
  onShutdown(name: string, step: () => Promise<void> | void): void
  /** Stops the process; a second call joins the first. */
  start(reason: string, exitCode?: 0 | 1): Promise<void>
}

/** Two signals within this time are one wish: a terminal and a supervisor may both pass on the same Ctrl-C. */
const sameSignalMs = 500

/**
 * Orders the end of a process. SIGTERM and SIGINT run the steps and exit 0; so does an uncaught error, with exit 1, as the state of
 * the process is unknown then. A step that fails is logged and the next one runs. A second signal, or `timeoutMs`, exits 1 at once.
 */
export function createShutdown({ log, timeoutMs }: { log: Logger; timeoutMs: number }): Shutdown {
  const steps: { name: string; step: () => Promise<void> | void }[] = []
  let running: Promise<void> | undefined
  let signalledAt = 0

  async function run(reason: string, exitCode: 0 | 1): Promise<void> {
    log.info({ reason }, 'shutting down')
    let code = exitCode
    let current = 'none'
    setTimeout(() => {
      log.error({ step: current, timeoutMs }, 'shutdown took too long')
      process.exit(1)
    }, timeoutMs).unref()
    for (const { name, step } of steps) {
      current = name
      try {
        await step()
      } catch (error) {
        code = 1
        log.error({ err: error, step: name }, 'a shutdown step failed')
      }
    }
    log.info({ code }, 'stopped')
    process.exit(code)
  }

  const shutdown: Shutdown = {
    get draining() {
      return running !== undefined
    },
    onShutdown(name, step) {
      steps.push({ name, step })
    },
    start(reason, exitCode = 0) {
      // Deferred by a turn, so that `draining` is true before the first step runs.
      running ??= Promise.resolve().then(() => run(reason, exitCode))
      return running
    },
  }

  function onSignal(signal: NodeJS.Signals): void {
    const now = performance.now()
    if (!shutdown.draining) signalledAt = now
    else if (now - signalledAt > sameSignalMs) {
      log.warn({ signal }, 'signalled again, stopping at once')
      process.exit(1)
    }
    void shutdown.start(signal)
  }

  function onFatal(kind: string, error: unknown): void {
    log.fatal({ err: error, kind }, 'an error nobody caught')
    void shutdown.start(kind, 1)
  }

  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  process.on('uncaughtException', error => onFatal('uncaughtException', error))
  process.on('unhandledRejection', error => onFatal('unhandledRejection', error))
  return shutdown
}
