import { describe, expect, test } from '@jest/globals'
import type { List, Lists } from '@worksights/api-client'
import { listsOf, withList, withShown } from './lists.ts'

const connection = { id: 'northwind', workspace_name: 'Northwind' }
const list = (name: string, more: Partial<List>): List => ({
  ...{ id: name, connection, name, objects: ['people'], access: 'workspace', shown: true, deleted: false },
  ...more,
})
const open = list('Hot Leads', {})
const board = list('Board', { access: 'private', shown: false })
const unknown = list('Anew', { access: 'unknown', shown: false })
const elsewhere = list('Board', { access: 'private', shown: false, connection: { id: 'globex', workspace_name: 'Globex' } })
const lists: Lists = {
  data: [open, board, unknown, elsewhere, list('At Risk', { deleted: true })],
  connections: [connection, elsewhere.connection].map(each => ({ ...each, private_lists_shown: false })),
}

describe('a switch, before the API has answered', () => {
  test('of one list shows that one and no list of another workspace that has its id', () => {
    const next = withShown(lists, { list: board, shown: true })
    expect(next.data.filter((each, place) => each !== lists.data[place])).toEqual([{ ...board, shown: true }])
    expect(withList(next, board)).toEqual(lists)
  })

  test('of all private lists shows those of the workspace, unknown ones among them', () => {
    const [northwind, globex] = lists.connections
    if (!northwind) throw new Error('There is a connection.')
    const next = withShown(lists, { connection: northwind, shown: true })
    expect(next.data.filter(each => !each.shown)).toEqual([elsewhere])
    expect(next.connections).toEqual([{ ...northwind, private_lists_shown: true }, globex])
    expect(withShown(next, { connection: northwind, shown: false }).data.filter(each => each.shown)).toEqual(
      lists.data.filter(each => each.shown),
    )
  })
})

test('lists to decide on come first, deleted ones last, each by name', () => {
  expect(listsOf(lists, 'northwind').map(({ name }) => name)).toEqual(['Anew', 'Board', 'Hot Leads', 'At Risk'])
})
