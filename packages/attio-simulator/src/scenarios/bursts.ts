import { enrich } from '../writes/enrichment.ts'
import type { Play } from './play.ts'
import { idsOf, still } from './play.ts'
import { make } from './working-day-records.ts'

/** A member imports companies, one after another. */
export async function importBurst(play: Play, records: number): Promise<void> {
  for (let index = 1; index <= records; index += 1)
    await play.step(`import-${index}`, 'ada', make('companies', { name: `Imported ${index}`, description: 'Came with the import.' }))
}

/** A member creates companies, and Attio's enrichment writes into each right after. */
export async function enrichmentBurst(play: Play, records: number): Promise<void> {
  for (let index = 1; index <= records; index += 1) {
    const { record_id } = await play.step(`create-${index}`, 'ada', make('companies', { name: `Enriched ${index}` }))
    await play.step(`enrich-${index}`, { type: 'system', id: null }, context => {
      const record = still(context.workspace.records.get(record_id), 'A record')
      enrich(context, record)
      return idsOf.record(record)
    })
  }
}
