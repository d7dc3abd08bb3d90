import { requireList } from '../world/workspace.ts'
import type { WriteContext } from '../writes/context.ts'
import { createEntry, deleteEntry, updateEntry } from '../writes/entries.ts'
import type { ValuesInput } from '../writes/records.ts'
import { idsOf, type Play, type Role, still } from './play.ts'
import type { Cast } from './working-day-records.ts'

export const add = (list: string, recordId: string) => (context: WriteContext) =>
  idsOf.entry(createEntry(context, requireList(context.workspace, list), still(context.workspace.records.get(recordId), 'A record'), {}))

const entryOf = (context: WriteContext, entryId: string) => still(context.workspace.entries.get(entryId), 'An entry')

export const set = (entryId: string, input: ValuesInput) => (context: WriteContext) =>
  idsOf.entry(updateEntry(context, entryOf(context, entryId), input, 'overwrite'))

export const take = (entryId: string) => (context: WriteContext) => {
  const entry = entryOf(context, entryId)
  deleteEntry(context, entry)
  return idsOf.entry(entry)
}

/** Records join, move and leave lists; one joins a list that is private. */
export async function listsAndStages(play: Play, cast: Cast): Promise<{ acmeEntry: string }> {
  const join = async (step: string, who: Role, list: string, recordId: string) => (await play.step(step, who, add(list, recordId))).entry_id
  const acmeEntry = await join('add-acme-to-hot-leads', 'ada', 'hot_leads', cast.acme)
  await play.step('prioritise-acme', 'ada', set(acmeEntry, { priority: 'High' }))
  await play.step('contact-acme', 'ada', set(acmeEntry, { stage: 'Contacted', next_step: 'Call on Monday' }))
  const initechEntry = await join('add-initech-to-at-risk', 'grace', 'at_risk', cast.initech)
  await play.step('remove-initech-from-at-risk', 'grace', take(initechEntry))
  const umbrellaEntry = await join('add-umbrella-to-hot-leads', 'katherine', 'hot_leads', cast.umbrella)
  await play.step('remove-umbrella-from-hot-leads', 'katherine', take(umbrellaEntry))
  await join('move-umbrella-to-at-risk', 'katherine', 'at_risk', cast.umbrella)
  await join('add-peter-to-private-list', 'ada', 'board_candidates', cast.peter)
  return { acmeEntry }
}
