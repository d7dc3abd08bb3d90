import type { KeyRing, Logger } from '@worksights/runtime'
import type { Executor } from './connect.ts'
import { checkKeyRing, KeyRingFaultError } from './sealing-keys.ts'

export type GuardedKeyRing = {
  /** Throws instead of sealing or opening until the ring was found to fit: secrets that a wrong key cannot open must not look lost. */
  keyRing: KeyRing
  /** For the readiness probe. */
  check(): { name: string; ok: boolean; detail?: string }
}

const pauseMs = 1_000

/**
 * A ring for a service that is starting. Throws a {@link KeyRingFaultError} where the database says that it does not fit. A database that is away is no
 * reason not to start: it is asked on, each second, until it says that the ring fits.
 */
export async function guardKeyRing({
  executor,
  keyRing,
  log,
}: {
  executor: Executor
  keyRing: KeyRing
  log: Logger
}): Promise<GuardedKeyRing> {
  let trouble: string | null = 'not compared with the database yet'
  const look = async (): Promise<KeyRingFaultError | null> => {
    const faults = await checkKeyRing(executor, keyRing)
    const fault = faults.length > 0 ? new KeyRingFaultError(faults) : null
    trouble = fault?.message ?? null
    return fault
  }
  const lookAgain = () =>
    setTimeout(async () => {
      const before = trouble
      await look().catch(() => {})
      if (trouble === null) return
      if (trouble !== before) log.error(trouble)
      lookAgain()
    }, pauseMs).unref()

  const fault = await look().catch((error: unknown) => {
    log.warn({ err: error }, 'the database cannot tell yet whether ENCRYPTION_KEYS fits; it is asked until it does')
    lookAgain()
    return null
  })
  if (fault) throw fault
  const whenChecked = <T>(use: () => T): T => {
    if (trouble !== null) throw new Error(`No secret can be opened or sealed. ENCRYPTION_KEYS: ${trouble}`)
    return use()
  }
  return {
    keyRing: {
      ids: keyRing.ids,
      seal: (...args) => whenChecked(() => keyRing.seal(...args)),
      open: (...args) => whenChecked(() => keyRing.open(...args)),
    },
    check: () => ({ name: 'encryption_keys', ok: trouble === null, ...(trouble === null ? {} : { detail: trouble }) }),
  }
}
