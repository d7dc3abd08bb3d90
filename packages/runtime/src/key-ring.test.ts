import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createKeyRing, type Sealed, SealedSecretError, type SealedSecretFault } from './key-ring.ts'

const keyText = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const ring = createKeyRing(keyText('k1', 1))

function faultOf(open: () => string): { fault: SealedSecretFault; keyId: string; message: string } {
  try {
    open()
  } catch (error) {
    if (error instanceof SealedSecretError) return error
    throw error
  }
  throw new Error('the secret was opened')
}

describe('the key ring', () => {
  test('opens what it sealed, under the same context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, context) => {
        const { keyId, sealed } = ring.seal(secret, context)
        return ring.open(sealed, keyId, context) === secret
      }),
    )
  })

  test('never makes the same bytes twice', () => {
    const seen = new Set(Array.from({ length: 100 }, () => Buffer.from(ring.seal('s', 'c').sealed).toString('hex')))
    expect(seen.size).toBe(100)
  })

  test('seals with the first key and opens with all, so that keys can be changed', () => {
    const old = ring.seal('secret', 'c')
    const changed = createKeyRing(`${keyText('k2', 2)}, ${keyText('k1', 1)}`)
    expect(changed.seal('secret', 'c').keyId).toBe('k2')
    expect(changed.open(old.sealed, old.keyId, 'c')).toBe('secret')
    expect(changed.ids).toEqual(['k2', 'k1'])
  })

  test('seals with another of its keys where one is named, and with none it does not hold', () => {
    const both = createKeyRing(`${keyText('k2', 2)},${keyText('k1', 1)}`)
    const { keyId, sealed } = both.seal('secret', 'c', 'k1')
    expect(keyId).toBe('k1')
    expect(ring.open(sealed, keyId, 'c')).toBe('secret')
    expect(() => both.seal('secret', 'c', 'k3')).toThrow('"k3" is not in the ring')
  })

  test('refuses a secret moved to another row', () => {
    const { keyId, sealed } = ring.seal('secret', 'webhook:1:secret')
    expect(faultOf(() => ring.open(sealed, keyId, 'webhook:2:secret')).fault).toBe('not_authentic')
  })

  test('refuses a secret with any byte altered or cut off', () => {
    const { keyId, sealed } = ring.seal('secret', 'c')
    for (let index = 0; index < sealed.length; index++) {
      const altered = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte))
      expect(faultOf(() => ring.open(altered, keyId, 'c')).fault).toBe(index === 0 ? 'malformed' : 'not_authentic')
      expect(() => ring.open(sealed.subarray(0, index), keyId, 'c')).toThrow(SealedSecretError)
    }
  })

  test.each<[string, string, Sealed, SealedSecretFault]>([
    ['a key that is not in the ring', 'k9', ring.seal('secret', 'c'), 'unknown_key'],
    ['another key under the same id', 'k1', createKeyRing(keyText('k1', 9)).seal('secret', 'c'), 'not_authentic'],
  ])('names %s, not the data', (_case, keyId, { sealed }, fault) => {
    const error = faultOf(() => ring.open(sealed, keyId, 'c'))
    expect(error).toMatchObject({ fault, keyId })
    expect(error.message).toContain(keyId)
    expect(error.message).not.toContain(Buffer.from(sealed).toString('base64').slice(0, 12))
  })

  test.each([
    ['', 'key 1'],
    ['k1', 'key 1'],
    [`k1:${Buffer.alloc(16).toString('base64')}`, '16 bytes'],
    [`${keyText('k1', 1)},${keyText('k1', 2)}`, 'twice'],
    [`${keyText('k1', 1)},`, 'key 2'],
  ])('refuses %j', (text, told) => {
    expect(() => createKeyRing(text)).toThrow(told)
  })
})
