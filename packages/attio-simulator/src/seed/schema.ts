import { namedId } from '../world/ids.ts'
import type { Attribute } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'
import { type AttributeSeed, type ObjectSeed, ownAttributes } from './standard-objects.ts'

function attributeFrom(
  seed: AttributeSeed,
  scope: string[],
  target: Attribute['target'],
  parentId: string,
  objectId: (slug: string) => string,
  at: number,
): Attribute {
  return {
    id: namedId(...scope, 'attribute', seed.slug),
    target,
    parentId,
    slug: seed.slug,
    title: seed.title,
    description: seed.description ?? null,
    type: seed.type,
    system: seed.system ?? false,
    writable: seed.readOnly !== true,
    required: seed.required ?? false,
    unique: seed.unique ?? false,
    multiselect: seed.multiselect ?? false,
    archived: seed.archived ?? false,
    currencyCode: seed.currencyCode ?? null,
    allowedObjectIds: seed.objects === undefined ? null : seed.objects.map(objectId),
    choices: (seed.choices ?? []).map(title => ({
      id: namedId(...scope, seed.slug, title),
      title: title.replace(/^-/, ''),
      archived: title.startsWith('-'),
      celebrate: title.startsWith('Won'),
    })),
    enriched: seed.enriched ?? false,
    createdAt: at,
  }
}

/** Puts objects and their attributes into a workspace, with ids that follow from the seed. */
export function seedObjects(workspace: Workspace, seeds: ObjectSeed[], scope: string[], at: number): void {
  const objectId = (slug: string) => namedId(...scope, 'object', slug)
  for (const seed of seeds) {
    const id = objectId(seed.slug)
    workspace.objects.put(id, { id, slug: seed.slug, singular: seed.singular, plural: seed.plural, createdAt: at }, at)
    for (const attribute of [...ownAttributes('record_id'), ...seed.attributes]) {
      const row = attributeFrom(attribute, [...scope, seed.slug], 'objects', id, objectId, at)
      workspace.attributes.put(row.id, row, at)
    }
  }
}

/** The attributes of a list: those every list has, then its own. */
export function seedListAttributes(workspace: Workspace, listId: string, seeds: AttributeSeed[], scope: string[], at: number): void {
  const objectId = (slug: string) => workspace.objects.all().find(object => object.slug === slug)?.id ?? slug
  for (const seed of [...ownAttributes('entry_id'), ...seeds]) {
    const row = attributeFrom(seed, [...scope, 'list', listId], 'lists', listId, objectId, at)
    workspace.attributes.put(row.id, row, at)
  }
}
