import { describe, expect, test } from '@jest/globals'
import { recordName } from './record-name.ts'
import { valuesBySlug } from './values.ts'

const name = (values: object) => recordName({ values: valuesBySlug.parse(values) })
const text = (value: unknown) => ({ attribute_type: 'text', value })
const person = (full_name: unknown, first_name?: unknown, last_name?: unknown) => ({
  ...{ attribute_type: 'personal-name', full_name, first_name, last_name },
})
const email = (email_address: unknown) => ({ attribute_type: 'email-address', email_address })
const domain = (value: unknown) => ({ attribute_type: 'domain', domain: value })

describe('the name of a record', () => {
  test.each([
    ['the name text', { name: [text('Acme Corp')], domains: [domain('acme.example')] }, 'Acme Corp'],
    ['the name on one line, without space around', { name: [text('  Acme \n Corp ')] }, 'Acme Corp'],
    ["a person's full name", { name: [person('Ada Lovelace', 'Ada', 'L')] }, 'Ada Lovelace'],
    ['first and last without a full name', { name: [person(null, 'Ada', 'Lovelace')] }, 'Ada Lovelace'],
    ['the last name alone', { name: [person('', null, 'Lovelace')] }, 'Lovelace'],
    ['the first e-mail of a nameless person', { name: [], email_addresses: [email('a@x.example'), email('b@x.example')] }, 'a@x.example'],
    ['the first domain of a nameless company', { name: [text(' ')], domains: [domain('acme.example')] }, 'acme.example'],
    ['the first text of an object without a name', { record_id: [text('r-1')], notes: [], code: [text('P-7')] }, 'P-7'],
    ['the e-mail of a user', { user_id: [text('u-1')], primary_email_address: [email('a@x.example')] }, 'a@x.example'],
  ])('is %s', (_, values, expected) => {
    expect(name(values)).toBe(expected)
  })

  test.each([
    ['no values', {}],
    ['an empty name, whatever other text there is', { name: [], description: [text('Maker of anvils')] }],
    ['ids only', { record_id: [text('r-1')] }],
    ['a name of null', { name: [person(null, null, null)], email_addresses: [email(null)] }],
  ])('is null with %s', (_, values) => {
    expect(name(values)).toBeNull()
  })
})
