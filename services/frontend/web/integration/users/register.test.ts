import { expect, test } from '@jest/globals'
import type { Member, User } from '@worksights/api-client'
import { emailToRegister } from './register.ts'

const mary = { name: 'Mary Shelley', email: ' mary@freelance.example', state: 'unmapped', mapping: 'auto' } as Member
const grace = { email: 'grace@northwind.example' } as User

test('a member whose e-mail nobody has can be registered with it, or with another that was typed', () => {
  expect(emailToRegister(mary, '', [])).toBe('mary@freelance.example')
  expect(emailToRegister(mary, 'Mary Sh', [])).toBe('mary@freelance.example')
  expect(emailToRegister(mary, ' mary@northwind.example ', [grace])).toBe('mary@northwind.example')
})

test('nobody is registered twice, nor for a member whose e-mail leads to somebody or was overruled', () => {
  expect(emailToRegister(mary, 'GRACE@northwind.example', [grace])).toBeNull()
  for (const other of [
    { ...mary, mapping: 'none' },
    { ...mary, state: 'mapped' },
    { ...mary, state: 'excluded', mapping: 'excluded' },
    { ...mary, email: null },
  ])
    expect(emailToRegister(other as Member, '', [])).toBeNull()
})
