import { type Executor, type SealedRow, type SealedThing, sealedThings, selectSealed } from '@worksights/database'
import { type KeyRing, SealedSecretError, type SealedSecretFault } from '@worksights/runtime'

export type Sealed = SealedRow & { thing: SealedThing }

/** A token or secret that the ring does not open: of which connection or webhook, and why. */
export type Unreadable = { thing: SealedThing; id: string; keyId: string; fault: SealedSecretFault }

const rowsAtOnce = 200

/** Everything that is sealed, save with the key `otherThan`, read in batches. */
export async function* everythingSealed(executor: Executor, otherThan?: string): AsyncGenerator<Sealed> {
  for (const thing of sealedThings) {
    let after: string | null = null
    for (;;) {
      const rows: SealedRow[] = await selectSealed(executor, thing, { after, limit: rowsAtOnce, ...(otherThan ? { otherThan } : {}) })
      for (const row of rows) yield { ...row, thing }
      after = rows.at(-1)?.id ?? null
      if (rows.length < rowsAtOnce) break
    }
  }
}

/** Opens it, or says why it cannot be. */
export function tryOpen(keyRing: KeyRing, { thing, id, sealed, keyId, context }: Sealed): { text: string } | { unreadable: Unreadable } {
  try {
    return { text: keyRing.open(sealed, keyId, context) }
  } catch (error) {
    if (!(error instanceof SealedSecretError)) throw error
    return { unreadable: { thing, id, keyId, fault: error.fault } }
  }
}

const faults: Record<SealedSecretFault, string> = {
  unknown_key: 'this key is not in ENCRYPTION_KEYS',
  malformed: 'the bytes are not a sealed secret',
  not_authentic: 'this key does not open it: it is another key under the same id, or the bytes were altered',
}

/** One line that names it. */
export function describeUnreadable({ thing, id, keyId, fault }: Unreadable): string {
  return `${thing === 'connection' ? 'the token of connection' : 'the secret of webhook'} ${id}, sealed with ${keyId}: ${faults[fault]}`
}
