import { seedListAttributes } from '../seed/schema.ts'
import type { AttributeSeed } from '../seed/standard-objects.ts'
import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { List } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export type NewList = Pick<List, 'slug' | 'name' | 'parentObjects'> & Partial<List>

/** A list comes with its own attributes (entry id, created at, created by) and those given. */
export function createList(context: WriteContext, fields: NewList, attributes: AttributeSeed[] = []): List {
  const now = context.now()
  const list: List = {
    id: freshId(),
    workspaceAccess: 'full-access',
    memberAccess: [],
    createdBy: context.actor,
    createdAt: now,
    ...fields,
  }
  context.workspace.lists.put(list.id, list, now)
  seedListAttributes(context.workspace, list.id, attributes, [context.workspace.id], now)
  context.emit(events.list('list.created', context, list.id))
  return list
}

export function updateList(context: WriteContext, list: List, changes: Partial<List>): List {
  const updated = { ...list, ...changes }
  context.workspace.lists.put(list.id, updated, context.now())
  context.emit(events.list('list.updated', context, list.id))
  return updated
}

export function deleteList(context: WriteContext, list: List): void {
  const now = context.now()
  context.workspace.lists.remove(list.id, now)
  for (const entry of context.workspace.entries.all()) if (entry.listId === list.id) context.workspace.entries.remove(entry.id, now)
  context.emit(events.list('list.deleted', context, list.id))
}
