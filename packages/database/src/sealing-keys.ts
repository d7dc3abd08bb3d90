import type { KeyRing } from '@worksights/runtime'
import type { Executor } from './connect.ts'

/*
 * Tells a ring that does not fit what the database holds, before it does harm. The first process to hold a key leaves a known text sealed with it; who
 * comes later with another key under that id cannot open the text. A ring must also hold every key that a token or secret is sealed with. A key that
 * nothing was ever sealed with is no fault.
 */

export type KeyFault =
  /** Tokens or secrets are sealed with a key of this id, and the ring has none. */
  | { keyId: string; fault: 'missing' }
  /** The ring's key of this id is not the one that the database knows by it. */
  | { keyId: string; fault: 'other_key' }

/** The ring does not fit the database. The message says for each key what to do; no key is in it. */
export class KeyRingFaultError extends Error {
  readonly faults: readonly KeyFault[]

  constructor(faults: readonly KeyFault[]) {
    const lines = faults.map(({ keyId, fault }) => `  ${keyId}: ${advice[fault](keyId)}`)
    super(['ENCRYPTION_KEYS does not fit what the database holds:', ...lines].join('\n'))
    this.name = 'KeyRingFaultError'
    this.faults = faults
  }
}

const advice: Record<KeyFault['fault'], (keyId: string) => string> = {
  missing: keyId =>
    `missing, and tokens or webhook secrets are sealed with it. Add it after the first key; \`worksights reseal\` makes it dispensable. If it is lost for good: \`worksights forget --key ${keyId}\`.`,
  other_key: () =>
    'another key stands under this id than the one it was first used with. Put that one back, or give the new key an id of its own and keep both.',
}

const knownText = 'worksights'
const checkContext = (keyId: string) => `key:${keyId}:check`

/** What is wrong with the ring; nothing is where it fits, and then its keys are known to the database from here on. */
export async function checkKeyRing(executor: Executor, keyRing: KeyRing): Promise<KeyFault[]> {
  const faults = await findKeyFaults(executor, keyRing)
  return faults.length > 0 ? faults : await registerKeys(executor, keyRing)
}

/** What is wrong with the ring, and nothing is written. */
export async function findKeyFaults(executor: Executor, keyRing: KeyRing): Promise<KeyFault[]> {
  const { rows } = await executor.query<{ id: string; check: Buffer | null; inUse: boolean }>(
    `select coalesce(known.id, used.key_id) as id, known.check_sealed as "check", used.key_id is not null as "inUse"
     from sealing_key known full join sealing_keys_in_use() used on used.key_id = known.id order by 1`,
  )
  return rows.flatMap(({ id, check, inUse }): KeyFault[] => {
    if (!keyRing.ids.includes(id)) return inUse ? [{ keyId: id, fault: 'missing' }] : []
    return check && !opens(keyRing, id, check) ? [{ keyId: id, fault: 'other_key' }] : []
  })
}

/** Makes the keys of a ring known that are not yet. Gives those under whose id another process made another key known, perhaps just before. */
export async function registerKeys(executor: Executor, keyRing: KeyRing): Promise<KeyFault[]> {
  const known = `select id, check_sealed as "check" from sealing_key where id = any($1) order by id`
  const { rows: before } = await executor.query<{ id: string; check: Buffer }>(known, [keyRing.ids])
  const unknown = keyRing.ids.filter(id => !before.some(row => row.id === id))
  if (unknown.length > 0) {
    const checks = unknown.map(id => keyRing.seal(knownText, checkContext(id), id).sealed)
    await executor.query(
      'insert into sealing_key (id, check_sealed) select * from unnest($1::text[], $2::bytea[]) on conflict (id) do nothing',
      [unknown, checks],
    )
  }
  const { rows } = unknown.length > 0 ? await executor.query<{ id: string; check: Buffer }>(known, [keyRing.ids]) : { rows: before }
  return rows.flatMap(({ id, check }): KeyFault[] => (opens(keyRing, id, check) ? [] : [{ keyId: id, fault: 'other_key' }]))
}

function opens(keyRing: KeyRing, keyId: string, check: Uint8Array): boolean {
  try {
    return keyRing.open(check, keyId, checkContext(keyId)) === knownText
  } catch {
    return false
  }
}
