import type { Member, User } from '@worksights/api-client'

/*
 * Who of the organisation may be a member that e-mails do not lead to: by names, which people write in more than one way.
 */

/** The words of a name, without accents and case: `Zoë O’Brien-Smith` → `zoe`, `o`, `brien`, `smith`. */
function words(name: string): string[] {
  return (
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** How alike two names are, from 0 to 1: 1 with the same words, in whatever order; less where only an initial or one more name agree. */
export function likeness(one: string, other: string): number {
  const [a, b] = [words(one), words(other)].sort((x, y) => x.length - y.length)
  if (!a?.length || !b) return 0
  let found = 0
  const left = [...b]
  for (const word of a) {
    const same = left.indexOf(word)
    const at = same >= 0 ? same : left.findIndex(each => initial(each, word))
    if (at < 0) return 0
    left.splice(at, 1)
    found += same >= 0 ? 1 : 0.6
  }
  // One word alone, as a first name, says little.
  return found / Math.max(a.length, b.length, 2)
}

const initial = (one: string, other: string) => (one.length === 1 || other.length === 1) && one[0] === other[0]

/** How alike a user is to a member, by both's names or, where one has none, by the first half of the e-mail. */
function alike(member: Member, user: User): number {
  const names = (name: string | null, email: string | null) => [name, email?.split('@')[0] ?? null].filter(text => text !== null)
  return Math.max(0, ...names(member.name, member.email).flatMap(one => names(user.name, user.email).map(other => likeness(one, other))))
}

const enough = 0.7

/** Those a member may be, likeliest first, three at most. */
export function suggestions(member: Member, users: readonly User[]): User[] {
  return users
    .map(user => ({ user, score: alike(member, user) }))
    .filter(({ score }) => score >= enough)
    .sort((a, b) => b.score - a.score || a.user.email.localeCompare(b.user.email))
    .slice(0, 3)
    .map(({ user }) => user)
}
