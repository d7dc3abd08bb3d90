import { countSealed, type Executor, findKeyFaults, type KeyFault, type KeyUse, registerKeys, replaceSealed } from '@worksights/database'
import type { KeyRing } from '@worksights/runtime'
import { counted, firstOf, type Outcome, type Say } from './outcome.ts'
import { describeUnreadable, everythingSealed, tryOpen, type Unreadable } from './sealed-things.ts'

/*
 * Seals everything anew with the first key, so that the others can go. Each token and secret is opened, sealed again, and put in the place of exactly the bytes that
 * were read, in a statement of its own: a re-authorisation that comes between wins, and a command that is killed has done what it has done. Run again it
 * goes on with what is left. What does not open is named and left as it is.
 */

export type ResealReport = {
  /** The key everything is sealed with now. */
  keyId: string
  resealed: { connection: number; webhook: number }
  /** Written anew by somebody else between reading and writing: what is there now is newer. */
  overtaken: number
  unreadable: Unreadable[]
  /** What is still sealed with another key than the first. */
  left: KeyUse[]
  /** Keys of the ring that nothing is sealed with any more. */
  removable: string[]
}

const tellEvery = 1_000

/** Reseals, or with `dryRun` only says what would be resealed. Throws where the ring's keys are others than those the database knows by their ids. */
export async function reseal(options: { executor: Executor; keyRing: KeyRing; say: Say; dryRun: boolean }): Promise<ResealReport> {
  const { executor, keyRing, say, dryRun } = options
  refuseOtherKeys(await findKeyFaults(executor, keyRing))
  if (!dryRun) refuseOtherKeys(await registerKeys(executor, keyRing))
  const [keyId] = keyRing.ids
  const report: ResealReport = { keyId, resealed: { connection: 0, webhook: 0 }, overtaken: 0, unreadable: [], left: [], removable: [] }
  let seen = 0
  for await (const item of everythingSealed(executor, keyId)) {
    seen += 1
    if (seen % tellEvery === 0) say(`${seen} looked at`)
    const opened = tryOpen(keyRing, item)
    if ('unreadable' in opened) report.unreadable.push(opened.unreadable)
    else if (dryRun || (await replaceSealed(executor, item.thing, item, keyRing.seal(opened.text, item.context)))) {
      report.resealed[item.thing] += 1
    } else report.overtaken += 1
  }
  const uses = await countSealed(executor)
  report.left = uses.filter(use => use.keyId !== keyId)
  report.removable = keyRing.ids.slice(1).filter(id => !report.left.some(use => use.keyId === id))
  return report
}

/** Keys of the ring that are not the ones their ids stand for: sealing with such a key would make things worse. */
export class OtherKeysError extends Error {
  constructor(keyIds: string[]) {
    super(
      `ENCRYPTION_KEYS has another key under ${keyIds.join(', ')} than the one it was first used with. Nothing was changed. Put that one back, or give the new key an id of its own.`,
    )
    this.name = 'OtherKeysError'
  }
}

function refuseOtherKeys(faults: KeyFault[]): void {
  const others = faults.filter(({ fault }) => fault === 'other_key')
  if (others.length > 0) throw new OtherKeysError(others.map(({ keyId }) => keyId))
}

export function describeReseal(report: ResealReport, dryRun: boolean): Outcome {
  const { keyId, resealed, overtaken, unreadable, left, removable } = report
  const done = `${counted(resealed.connection, 'token')} and ${counted(resealed.webhook, 'webhook secret')}`
  const lines = [dryRun ? `Would reseal ${done} with ${keyId}. Nothing was changed.` : `Resealed ${done} with ${keyId}.`]
  if (overtaken > 0) lines.push(`${counted(overtaken, 'secret')} had just been written anew by a service and kept that way.`)
  lines.push(...firstOf(unreadable.map(item => `Cannot be opened and was left as it is: ${describeUnreadable(item)}.`)))
  for (const { keyId: id, tokens, secrets } of left) {
    lines.push(`Still sealed with ${id}: ${counted(tokens, 'token')} and ${counted(secrets, 'webhook secret')}.`)
  }
  const ok = dryRun ? unreadable.length === 0 : left.length === 0
  if (!dryRun && ok) {
    lines.push(
      removable.length > 0
        ? `No longer in use: ${removable.join(', ')}. Take it out of ENCRYPTION_KEYS once no running service has it first.`
        : `Everything is sealed with ${keyId}.`,
    )
  } else if (!dryRun && unreadable.length === 0) {
    lines.push(`A service still seals with another key than ${keyId}. Restart every service with ${keyId} first, then run this again.`)
  }
  return { ok, lines, json: { dry_run: dryRun, key_id: keyId, resealed, overtaken, unreadable, left, removable } }
}
