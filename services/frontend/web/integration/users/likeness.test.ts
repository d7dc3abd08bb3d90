import { expect, test } from '@jest/globals'
import type { Member, User } from '@worksights/api-client'
import { likeness, suggestions } from './likeness.ts'

test.each([
  ['Mary Shelley', 'Mary Shelley'],
  ['mary shelley', 'Shelley, Mary'],
  ['Zoë Brontë', 'Zoe Bronte'],
  ['M. Shelley', 'Mary Shelley'],
  ['Mary W. Shelley', 'Mary Wollstonecraft Shelley'],
  ['Łukasz Nowak', 'ŁUKASZ NOWAK'],
  ['山田 太郎', '太郎 山田'],
])('%s and %s are alike', (one, other) => {
  expect(likeness(one, other)).toBeGreaterThanOrEqual(0.7)
  expect(likeness(other, one)).toBe(likeness(one, other))
})

test.each([
  ['Mary Shelley', 'Mary Somerville'],
  ['Mary', 'Mary Shelley'],
  ['Alan Kay', 'Alan Turing'],
  ['M. S.', 'Mary Shelley Godwin'],
  ['', 'Mary'],
  ['!', '?'],
])('%s and %s are not', (one, other) => expect(likeness(one, other)).toBeLessThan(0.7))

const member = { name: 'Mary Shelley', email: 'mary@freelance.example' } as Member
const user = (name: string | null, email: string) => ({ id: email, name, email, signed_in: true, member_count: 0 }) as User

test('the likeliest come first, and nobody who is not likely', () => {
  const users = [user('Grace Hopper', 'grace@n.example'), user('M Shelley', 'ms@n.example'), user('Mary Shelley', 'mary.shelley@n.example')]
  expect(suggestions(member, users).map(({ email }) => email)).toEqual(['mary.shelley@n.example', 'ms@n.example'])
})

test('where a name is missing the e-mail speaks', () => {
  expect(suggestions(member, [user(null, 'mary.shelley@n.example'), user(null, 'mary@n.example')])).toHaveLength(1)
  expect(suggestions({ ...member, name: null, email: 'mary.shelley@x.example' }, [user('Mary Shelley', 'm@n.example')])).toHaveLength(1)
  expect(suggestions({ ...member, name: null, email: null }, [user('Mary Shelley', 'm@n.example')])).toEqual([])
})
