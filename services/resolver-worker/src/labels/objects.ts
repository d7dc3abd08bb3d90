import { type Executor, readLabelsOfType } from '@worksights/database'
import { detailsOf, fromRow, type Label } from './label.ts'

/** The objects of a workspace that are known: few, and needed together, since Attio names a linked record's object by id or by slug. */
export type KnownObjects = { find(idOrSlug: string): Label | undefined }

export const noObjects: KnownObjects = { find: () => undefined }

export async function readObjects(executor: Executor, connectionId: string): Promise<KnownObjects> {
  const labels = (await readLabelsOfType(executor, connectionId, 'object')).map(fromRow)
  const byName = new Map(labels.map(label => [label.ref.id, label]))
  for (const label of labels) {
    const slug = detailsOf(label, 'object')?.slug
    if (slug) byName.set(slug, label)
  }
  return { find: idOrSlug => byName.get(idOrSlug) }
}
