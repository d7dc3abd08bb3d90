import { describe, expect, test } from '@jest/globals'
import type { Member } from '@worksights/api-client'
import { changed, effect, type MemberPages, stateOf, withMember } from './members.ts'

const mary: Member = {
  ...{ id: 'mary', connection: { id: 'c', workspace_name: 'Northwind' }, name: 'Mary Shelley', email: 'mary@freelance.example' },
  ...{ avatar_url: null, access_level: 'member', state: 'unmapped', mapping: 'auto', user: null, hidden_activities: 41 },
  synced_at: '2026-11-24T10:00:00.000Z',
}
const user = { id: 'u', name: 'Mary Shelley', email: 'mary@northwind.example' }
const ada: Member = { ...mary, id: 'ada', name: 'Ada', state: 'mapped', user, hidden_activities: 0 }
const kept: MemberPages = {
  pages: [
    { data: [ada], counts: { mapped: 1, unmapped: 1, excluded: 0, hidden_activities: 41 }, next_cursor: 'x' },
    { data: [mary], counts: { mapped: 1, unmapped: 1, excluded: 0, hidden_activities: 41 }, next_cursor: null },
  ],
  pageParams: [undefined, 'x'],
}

describe('a change shown before the API has answered', () => {
  test('counts on every page what it makes of the member', () => {
    const next = withMember(kept, changed(mary, { mapping: 'manual', user }))
    for (const { counts } of next.pages) expect(counts).toEqual({ mapped: 2, unmapped: 0, excluded: 0, hidden_activities: 0 })
    expect(next.pages[1]?.data).toEqual([{ ...mary, state: 'mapped', mapping: 'manual', user, hidden_activities: 0 }])
    expect(next.pages[0]?.data).toEqual([ada])
  })

  test('is taken back as if it never was, and leaves the change of another member made meanwhile', () => {
    const first = withMember(kept, changed(mary, { mapping: 'excluded' }))
    const second = withMember(first, changed(ada, { mapping: 'none' }))
    expect(withMember(withMember(second, mary), ada)).toEqual(kept)
    expect(withMember(second, mary)).toEqual(withMember(kept, changed(ada, { mapping: 'none' })))
  })

  test('touches no list that the member is not in, nor one who has the same id in another workspace', () => {
    const elsewhere = { ...changed(mary, { mapping: 'excluded' }), connection: { id: 'other', workspace_name: 'Globex' } }
    expect(withMember(kept, elsewhere)).toBe(kept)
  })

  test('says mapped of one who follows their e-mail again only where it is known', () => {
    expect(changed(ada, { mapping: 'auto' })).toMatchObject({ state: 'mapped', user })
    expect(changed({ ...mary, state: 'excluded', mapping: 'excluded' }, { mapping: 'auto' })).toMatchObject({
      state: 'unmapped',
      user: null,
    })
  })
})

describe('what a change did to activities', () => {
  const mapped = changed(mary, { mapping: 'manual', user })
  test.each([
    ['mapping shows what was hidden', mary, mapped, { what: 'shown', count: 41 }],
    ['unmapping hides', mapped, mary, { what: 'hidden', count: 41 }],
    ['excluding counts no more', mary, changed(mary, { mapping: 'excluded' }), { what: 'uncounted', count: 41 }],
    ['following an e-mail that nobody has does nothing', { ...mary, mapping: 'none' as const }, mary, null],
    ['mapping to somebody else shows nothing new', mapped, { ...mapped, user: { ...user, id: 'v' } }, null],
    ['unmapping one who did nothing hides nothing', ada, changed(ada, { mapping: 'none' }), null],
  ])('%s', (_what, before, now, expected) => expect(effect(before, now)).toEqual(expected))
})

test('an address asks for a state, or for all', () => {
  expect([undefined, '', 'mapped', 'unmapped', 'excluded', 'Mapped', 'hidden'].map(stateOf)).toEqual([
    ...[undefined, undefined, 'mapped', 'unmapped', 'excluded', undefined, undefined],
  ])
})
