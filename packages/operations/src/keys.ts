import { countSealed, type Executor, findKeyFaults, KeyRingFaultError } from '@worksights/database'
import type { KeyRing } from '@worksights/runtime'
import { counted, firstOf, type Outcome } from './outcome.ts'
import { describeUnreadable, everythingSealed, tryOpen, type Unreadable } from './sealed-things.ts'

/** Which keys are in use, how often, and whether this ring opens what they sealed. */
export async function describeKeys({ executor, keyRing }: { executor: Executor; keyRing: KeyRing }): Promise<Outcome> {
  const faults = await findKeyFaults(executor, keyRing)
  const uses = await countSealed(executor)
  const unreadable: Unreadable[] = []
  for await (const item of everythingSealed(executor)) {
    const opened = tryOpen(keyRing, item)
    if ('unreadable' in opened) unreadable.push(opened.unreadable)
  }
  const ids = [...keyRing.ids, ...uses.map(use => use.keyId).filter(id => !keyRing.ids.includes(id))]
  const keys = ids.map(id => {
    const { tokens, secrets } = uses.find(use => use.keyId === id) ?? { tokens: 0, secrets: 0 }
    const role = id === keyRing.ids[0] ? 'seals' : keyRing.ids.includes(id) ? 'opens' : 'missing'
    return { key_id: id, role, tokens, secrets, unreadable: unreadable.filter(item => item.keyId === id).length }
  })
  const lines = keys.map(key => {
    const use = key.tokens + key.secrets
    const held = use === 0 ? 'nothing is sealed with it' : `${counted(key.tokens, 'token')}, ${counted(key.secrets, 'webhook secret')}`
    return `${key.key_id} (${key.role}): ${held}${key.unreadable > 0 ? `; ${key.unreadable} of them do not open` : ''}`
  })
  if (faults.length > 0) lines.push('', new KeyRingFaultError(faults).message)
  if (unreadable.length > 0) lines.push('', 'Cannot be opened:', ...firstOf(unreadable.map(item => `  ${describeUnreadable(item)}`)))
  return { ok: faults.length === 0 && unreadable.length === 0, lines, json: { keys, faults, unreadable } }
}
