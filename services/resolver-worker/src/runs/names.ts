import { eventFacts, pendingNames, reopenForbidden } from '@worksights/activity'
import {
  countNameless,
  expireLabelPage,
  type NamelessDelivery,
  readLabelRefs,
  readNameless,
  reopenNames,
  type Transaction,
} from '@worksights/database'
import { readDelivery } from '../batch.ts'
import type { LabelSource } from '../labels/book.ts'
import { readObjects } from '../labels/objects.ts'
import { answered, mendNames, unanswered } from '../mend.ts'
import { firstWants, secondWants } from '../wants.ts'
import type { Work } from './options.ts'

/*
 * Names, from the beginning: every label is doubtful, those of objects, attributes and lists are read at once (all lines need them, and they are few), the
 * others when an event next needs them. Then every line that lacks a name is looked at: what its events need is asked of Attio again, also what was
 * refused for lack of a permission, and what is found is filled in.
 */

const pageLabels = 1_000
const pageLines = 200
const pageEvents = 100
/** How long a page of look-ups may take altogether; by then its calls have ended by themselves. */
const lookUpMs = 120_000

/** Goes through all names of a connection; returns how many lines lacked one before, and how many still do. */
export async function renewNames(work: Work, source: LabelSource): Promise<{ before: number; after: number }> {
  const { database, book } = work.options
  const { connectionId } = source
  let label: { type: string; id: string } | null = null
  do {
    label = await expireLabelPage(database.pool, connectionId, label, pageLabels)
    work.progress.check()
  } while (label !== null)
  await book.syncLists(source)
  const shared = await readLabelRefs(database.pool, connectionId, ['object', 'attribute'])
  const read = await book.lookUp(
    source,
    shared.map(ref => ({ ...ref, refresh: true })),
    Date.now() + lookUpMs,
  )
  await mend(work, connectionId, answered(read.learned))
  await reopenRefused(work, connectionId)
  const before = await countNameless(database.pool, connectionId)
  await work.progress.count({ done: 0, total: before })
  let looked = 0
  let after: string | null = null
  for (;;) {
    const page: NamelessDelivery[] = await readNameless(database.pool, connectionId, after, pageEvents)
    if (page.length === 0) break
    await askAgain(work, source, page)
    looked += page.length
    after = page.at(-1)?.eventId ?? null
    await work.progress.count({ done: looked })
  }
  return { before, after: await countNameless(database.pool, connectionId) }
}

async function reopenRefused({ options: { database }, progress }: Work, connectionId: string): Promise<void> {
  const reopen = (stored: unknown) => {
    // What cannot be read by this release is the coalescer's to complain of.
    const known = eventFacts.safeParse(stored).data
    const facts = known ? reopenForbidden(known) : null
    return facts && { facts, pendingNames: pendingNames(facts) }
  }
  let after: string | null = null
  do {
    const from: string | null = after
    after = await database.transaction((client: Transaction) => reopenNames(client, connectionId, from, pageLines, reopen))
    progress.check()
  } while (after !== null)
}

/** Asks Attio for what a page of events needs, and fills in what it answered or what somebody else has learned. */
async function askAgain(work: Work, source: LabelSource, page: readonly NamelessDelivery[]): Promise<void> {
  const { database, book } = work.options
  const events = page.flatMap(({ delivery, index }) => {
    const content = readDelivery(delivery)
    const entry = 'entries' in content ? content.entries[index] : undefined
    return entry && 'event' in entry.content ? [{ event: entry.content.event, receivedAt: delivery.receivedAt }] : []
  })
  const deadline = Date.now() + lookUpMs
  const first = await book.lookUp(
    source,
    events.flatMap(({ event, receivedAt }) => firstWants(event, receivedAt)),
    deadline,
  )
  const objects = await readObjects(database.pool, source.connectionId)
  const second = await book.lookUp(
    source,
    events.flatMap(({ event, receivedAt }) => secondWants(event, receivedAt, first.get, objects)),
    deadline,
  )
  await mend(work, source.connectionId, [
    ...answered([...first.learned, ...second.learned]),
    ...unanswered([...new Set(page.flatMap(event => event.pendingNames))]),
  ])
}

async function mend({ options: { database, eventsDue } }: Work, connectionId: string, keys: readonly string[]): Promise<void> {
  if (keys.length > 0 && (await mendNames(database, connectionId, keys)) > 0) eventsDue(connectionId)
}
