import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { Attribute } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export type NewAttribute = Pick<Attribute, 'target' | 'parentId' | 'slug' | 'title' | 'type'> & Partial<Attribute>

/** Defines an attribute on an object or a list. */
export function createAttribute(context: WriteContext, fields: NewAttribute): Attribute {
  const now = context.now()
  const attribute: Attribute = {
    id: freshId(),
    description: null,
    system: false,
    writable: true,
    required: false,
    unique: false,
    multiselect: false,
    archived: false,
    currencyCode: fields.type === 'currency' ? 'USD' : null,
    allowedObjectIds: null,
    choices: [],
    enriched: false,
    createdAt: now,
    ...fields,
  }
  context.workspace.attributes.put(attribute.id, attribute, now)
  context.emit(events.attribute('created', context, attribute))
  return attribute
}

/** Renames or otherwise changes an attribute. Changed options and statuses fire the same event (assumed). */
export function updateAttribute(context: WriteContext, attribute: Attribute, changes: Partial<Attribute>): Attribute {
  const updated = { ...attribute, ...changes }
  context.workspace.attributes.put(attribute.id, updated, context.now())
  context.emit(events.attribute('updated', context, attribute))
  return updated
}
