import { expect, test } from '@jest/globals'
import { nameOf, taskHeader } from './names.ts'

const named = (name: string | null) => nameOf({ id: 'bf071e1f-6035-429d-b874-d83ea64ea13b', name, state: 'known' })

test.each([null, '', '  ', '\u200b', '\u200b\u200d \u2060', '\u00ad', '\u3164', '\u202e\u2069', '\ufeff', '\u0007'])(
  'a name that shows nothing (%j) is told by the beginning of the id',
  name => expect(named(name)).toBe('bf071e1f'),
)

test.each(['Acme', ' Acme ', '👩‍💻', '山田', 'שלום', '\u200bA', '…'])('a name of which anything is seen stays as it is: %s', name =>
  expect(named(name)).toBe(name),
)

test('a task whose text shows nothing has no name', () => {
  expect(taskHeader('\u200b\n\u3164')).toBe('Untitled task')
  expect(taskHeader('\u200b\nCall Acme')).toBe('Call Acme')
})
