import type { List, Lists } from '@worksights/api-client'

/*
 * Which lists are shown, at hand and before the API has answered.
 */

/** One list shown or hidden, or all private ones of a workspace. */
export type ListChange = { list: List; shown: boolean } | { connection: Lists['connections'][number]; shown: boolean }

/** Whether a list can be shown and hidden: one that everybody in Attio sees is shown anyway. */
export function isPrivate({ access }: List): boolean {
  return access !== 'workspace'
}

export function withShown(kept: Lists, change: ListChange): Lists {
  const { shown } = change
  if ('list' in change) return withList(kept, { ...change.list, shown })
  const { id } = change.connection
  return {
    connections: kept.connections.map(each => (each.id === id ? { ...each, private_lists_shown: shown } : each)),
    data: kept.data.map(list => (list.connection.id === id && isPrivate(list) ? { ...list, shown } : list)),
  }
}

/** One list as it is now; ids are Attio's, and a workspace's own. */
export function withList(kept: Lists, now: List): Lists {
  const isIt = (list: List) => list.id === now.id && list.connection.id === now.connection.id
  return { ...kept, data: kept.data.map(list => (isIt(list) ? now : list)) }
}

/** The lists of a workspace: private ones first, since those are to be decided on; deleted ones last; by name. */
export function listsOf(lists: Lists, connection: string): List[] {
  const rank = (list: List) => (list.deleted ? 2 : isPrivate(list) ? 0 : 1)
  return lists.data
    .filter(list => list.connection.id === connection)
    .sort((a, b) => rank(a) - rank(b) || (a.name ?? '').localeCompare(b.name ?? ''))
}
