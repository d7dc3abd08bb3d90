import { eventFacts, fillNames, type KnownNames, pendingNames } from '@worksights/activity'
import { type Database, lockNamelessEvents, readLabels, saveFilledNames } from '@worksights/database'
import { fromRow, type Label, labelKey, snapshotOf } from './labels/label.ts'

/** Events mended in one transaction. */
const batchEvents = 200

/** Reads `type/id` back. */
function refOf(key: string): { type: Label['ref']['type']; id: string } {
  const cut = key.indexOf('/')
  return { type: key.slice(0, cut) as Label['ref']['type'], id: key.slice(cut + 1) }
}

/**
 * Gives lines the names they lacked, once those are known: the events get them and are due again. Returns how many events it mended; labels that
 * are still pending mend nothing.
 */
export async function mendNames(database: Database, connectionId: string, keys: readonly string[]): Promise<number> {
  const rows = await readLabels(database.pool, connectionId, keys.map(refOf))
  const labels = new Map(rows.filter(row => row.state !== 'pending').map(row => [labelKey(row), fromRow(row)]))
  if (labels.size === 0) return 0
  const known: KnownNames = {
    name: key => labels.get(key),
    task: taskId => {
      const label = labels.get(`task/${taskId}`)
      const snapshot = label && snapshotOf(label)
      return snapshot ? { text: snapshot.text, snapshot } : undefined
    },
  }
  let mended = 0
  for (;;) {
    const count = await database.transaction(async client => {
      const events = await lockNamelessEvents(client, connectionId, [...labels.keys()], batchEvents)
      const filled = events.map(event => {
        const facts = fillNames(eventFacts.parse(event.facts), known)
        return { id: event.id, facts, pendingNames: pendingNames(facts).filter(key => !labels.has(key)) }
      })
      if (filled.length > 0) await saveFilledNames(client, filled)
      return filled.length
    })
    mended += count
    if (count < batchEvents) return mended
  }
}
