import type { Member, Members } from '@worksights/api-client'

/*
 * What a change of one member does to the lists of members at hand, before the API has answered.
 */

export type MemberState = Member['state']
export const memberStates = ['unmapped', 'mapped', 'excluded'] as const satisfies readonly MemberState[]

/** What an admin says of a member. */
export type MemberChange =
  | { mapping: 'manual'; user: NonNullable<Member['user']> }
  /** To somebody who is registered with this e-mail first. */
  | { mapping: 'register'; email: string }
  | { mapping: 'none' | 'excluded' | 'auto' }

/** The pages of a list, as they are kept. */
export type MemberPages = { pages: Members[]; pageParams: unknown[] }

/** The state an address asks for; undefined for all, and for what is no state. */
export function stateOf(text: string | undefined): MemberState | undefined {
  return memberStates.find(state => state === text)
}

/** Whether two are one: ids of members are Attio's, and the same in another workspace may be somebody else. */
export function isSame(a: Member, b: Member): boolean {
  return a.id === b.id && a.connection.id === b.connection.id
}

/**
 * A member as they will be. Whom an e-mail leads to only the API knows: whoever follows it stays with the user they have until it has said. Nor does anybody but the API
 * know how many activities a member has that are not hidden now.
 */
export function changed(member: Member, change: MemberChange): Member {
  switch (change.mapping) {
    case 'manual':
      return { ...member, mapping: 'manual', state: 'mapped', user: change.user, hidden_activities: 0 }
    case 'register':
      return changed(member, { mapping: 'manual', user: { id: '', name: member.name, email: change.email } })
    case 'none':
      return { ...member, mapping: 'none', state: 'unmapped', user: null }
    case 'excluded':
      return { ...member, mapping: 'excluded', state: 'excluded', user: null, hidden_activities: 0 }
    case 'auto':
      return { ...member, mapping: 'auto', state: member.user ? 'mapped' : 'unmapped' }
  }
}

/** The pages with one member as they are now, and with what is counted following. Another member's change at the same time stays. */
export function withMember(kept: MemberPages, now: Member): MemberPages {
  const before = kept.pages.flatMap(page => page.data).find(member => isSame(member, now))
  if (!before) return kept
  return {
    ...kept,
    pages: kept.pages.map(page => ({
      ...page,
      data: page.data.map(member => (isSame(member, now) ? now : member)),
      counts: counted(page.counts, before, now),
    })),
  }
}

function counted(counts: Members['counts'], before: Member, now: Member): Members['counts'] {
  const next = { ...counts, hidden_activities: counts.hidden_activities - before.hidden_activities + now.hidden_activities }
  next[before.state] -= 1
  next[now.state] += 1
  return next
}

/** What a change did to activities, to be told: null where it did nothing. */
export function effect(before: Member, now: Member): { what: 'shown' | 'hidden' | 'uncounted'; count: number } | null {
  if (now.state === 'unmapped' && before.state !== 'unmapped' && now.hidden_activities > 0)
    return { what: 'hidden', count: now.hidden_activities }
  if (before.hidden_activities === 0 || now.state === 'unmapped') return null
  return { what: now.state === 'mapped' ? 'shown' : 'uncounted', count: before.hidden_activities }
}
