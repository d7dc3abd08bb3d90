import { expect, test } from '@jest/globals'
import { contactAddress } from './contact.ts'

test.each([
  ['help@example.com', 'mailto:help@example.com'],
  ['https://chat.example.com/help', 'https://chat.example.com/help'],
  ['mailto:help@example.com', 'mailto:help@example.com'],
])('%s can be followed', (contact, address) => {
  expect(contactAddress(contact)).toBe(address)
})

test.each(['Ada, room 12', '#crm-help', 'javascript:alert(1)', 'ask help@example.com first'])('%s is words, and no link', contact => {
  expect(contactAddress(contact)).toBeNull()
})
