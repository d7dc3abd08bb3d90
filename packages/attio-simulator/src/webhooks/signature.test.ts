import { expect, test } from '@jest/globals'
import { sign } from './signature.ts'

test('signs as RFC 4231 says of HMAC-SHA256 (test case 2), keyed with the secret as text', () => {
  expect(sign('Jefe', Buffer.from('what do ya want for nothing?'))).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test('signs bytes, not characters', () => {
  expect(sign('key', Buffer.from([0xff, 0xfe]))).not.toBe(sign('key', Buffer.from('\u00ff\u00fe')))
})
