import { type Database, type LabelRow, readLabelsOfType, writeLabels } from '@worksights/database'
import { listRef } from '../wants.ts'
import { readAnswer } from './answers.ts'
import type { LabelRequest, LabelSource } from './book.ts'
import { fetchLabel } from './fetch.ts'
import type { Keep } from './keep.ts'
import { labelKey } from './label.ts'

export type ListSync = 'read' | 'forbidden' | 'unavailable'

/**
 * Reads all lists of a workspace: those that are new become known, and those that Attio does not show us any more count as private from now on, as all do
 * that may not be read.
 */
export async function syncLists({ database, keep }: { database: Database; keep: Keep }, source: LabelSource): Promise<ListSync> {
  const fetched = await fetchLabel(source.client, listRef(''))
  if (fetched.outcome !== 'found' && fetched.outcome !== 'forbidden') return 'unavailable'
  const rows = await readLabelsOfType(database.pool, source.connectionId, 'list')
  const stored = new Map<string, LabelRow>(rows.map(row => [labelKey(row), row]))
  // An answer that is older than what is known of a list does not say that it is not there.
  const known = rows.map((row): LabelRequest => ({ ...listRef(row.id), after: new Date(Date.now() - row.ageMs) }))
  const { writes } = readAnswer(known, fetched, stored)
  await keep(source, [listRef('')], executor => writeLabels(executor, source.connectionId, writes))
  return fetched.outcome === 'found' ? 'read' : 'forbidden'
}
