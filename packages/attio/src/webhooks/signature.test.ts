import { describe, expect, test } from '@jest/globals'
import { verifySignature } from './signature.ts'

// Signatures made with `openssl dgst -sha256 -hmac <secret>`, not with the code under test.
const secret = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'
const vectors = [
  ['plain JSON', Buffer.from('{"webhook_id":"w","events":[]}'), '0c548c3f920289956d3138ae333ae054359e1d2db33d3be970994bcdfae18a1b'],
  ['text beyond ASCII', Buffer.from('{"note":"Zoë 🎉 – 東京"}'), '4f0e3e7de3016fe25fceb20d1c4d428f7baa66de117135fd75e54e50444482af'],
  ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe, 0x00, 0x7b), '399d1430f04f5a6be1ba5701f5629638b5c192adbb66b2601afc7feb309dd915'],
  ['an empty body', new Uint8Array(), '4aeb8b1da49a888abd1129b8cfe36405e3c0ba9316f5051b0485facbc9dd6fa2'],
] as const
const [, rawBody, signature] = vectors[0]

describe('a signature is accepted', () => {
  test.each(vectors)('over the raw bytes of %s', (_, body, header) => {
    expect(verifySignature({ rawBody: body, secret, header })).toBe(true)
  })

  test('in upper case and with space around', () => {
    expect(verifySignature({ rawBody, secret, header: `  ${signature.toUpperCase()}\t` })).toBe(true)
  })

  test.each([undefined, '', 'not hex'])('from the legacy header when the first is %p', header => {
    expect(verifySignature({ rawBody, secret, header, legacyHeader: signature })).toBe(true)
  })
})

describe('a signature is refused, without an exception', () => {
  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['63 digits', signature.slice(1)],
    ['65 digits', `${signature}a`],
    ['a prefix', `sha256=${signature}`],
    ['64 characters that are not hex', 'z'.repeat(64)],
    ['the header twice', `${signature}, ${signature}`],
    ['64 digits of something else', 'a'.repeat(64)],
    ['letters that are two bytes each', 'é'.repeat(64)],
  ])('with %s', (_, header) => {
    expect(verifySignature({ rawBody, secret, header })).toBe(false)
  })

  test('with a body that differs in one byte', () => {
    expect(verifySignature({ rawBody: Buffer.from('{"webhook_id":"v","events":[]}'), secret, header: signature })).toBe(false)
  })

  test('with another secret', () => {
    expect(verifySignature({ rawBody, secret: secret.toUpperCase(), header: signature })).toBe(false)
  })

  test('when no secret is known, even for the signature that an empty key makes', () => {
    // echo -n '' | openssl dgst -sha256 -hmac ''
    const header = 'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad'
    expect(verifySignature({ rawBody: new Uint8Array(), secret: '', header })).toBe(false)
  })

  test('when the first well-formed header is wrong, whatever the legacy one says', () => {
    expect(verifySignature({ rawBody, secret, header: 'a'.repeat(64), legacyHeader: signature })).toBe(false)
  })
})
