import type { Member, User } from '@worksights/api-client'

const folded = (email: string) => email.trim().toLowerCase()

/**
 * With which e-mail somebody could be registered for a member: the one that was typed, else the member's own, which nobody of the organisation has while the member follows it
 * and is unmapped. Null where there is none, or somebody found has it.
 */
export function emailToRegister(member: Member, typed: string, found: readonly User[]): string | null {
  const text = typed.trim()
  // The API has the last word; this only keeps names from being offered.
  const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
    ? text
    : member.state === 'unmapped' && member.mapping === 'auto'
      ? member.email
      : null
  return email && !found.some(user => folded(user.email) === folded(email)) ? email.trim() : null
}
