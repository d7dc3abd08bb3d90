import { type Database, forgetSealed } from '@worksights/database'
import type { KeyRing } from '@worksights/runtime'
import { counted, type Outcome, type Say } from './outcome.ts'
import { describeUnreadable, everythingSealed, type Sealed, tryOpen } from './sealed-things.ts'

/** What was sealed with a key and this ring does not open: what is lost when the key is. */
export async function findLost(database: Database, keyRing: KeyRing, keyId: string): Promise<Sealed[]> {
  const lost: Sealed[] = []
  for await (const item of everythingSealed(database.pool)) {
    if (item.keyId === keyId && 'unreadable' in tryOpen(keyRing, item)) lost.push(item)
  }
  return lost
}

/** Gives up what {@link findLost} found, so that services start again without the key. */
export async function forgetLost(database: Database, lost: readonly Sealed[], say: Say): Promise<Outcome> {
  const forgotten: Sealed[] = []
  for (const item of lost) {
    if (!(await database.transaction(client => forgetSealed(client, item.thing, item)))) continue
    forgotten.push(item)
    say(`forgotten: ${item.thing === 'connection' ? 'token of connection' : 'secret of webhook'} ${item.id}`)
  }
  const count = (thing: Sealed['thing']) => forgotten.filter(item => item.thing === thing).length
  const [tokens, secrets] = [count('connection'), count('webhook')]
  const lines = [`Forgot ${counted(tokens, 'token')} and ${counted(secrets, 'webhook secret')}.`]
  if (tokens > 0) lines.push('Each of these connections has to be authorised again by an admin.')
  if (secrets > 0)
    lines.push(
      'Webhooks without a secret are replaced at the next check of a connection that has its token, or when it is authorised again.',
    )
  return { ok: true, lines, json: { tokens, secrets } }
}

/** What would be given up, an item a line. */
export function describeLost(lost: readonly Sealed[], keyRing: KeyRing): string[] {
  return lost.flatMap(item => {
    const opened = tryOpen(keyRing, item)
    return 'unreadable' in opened ? [describeUnreadable(opened.unreadable)] : []
  })
}
