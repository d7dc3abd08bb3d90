import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export type Sealed = {
  /** The key that sealed it; stored beside the bytes. */
  keyId: string
  sealed: Uint8Array
}

export type KeyRing = {
  /** The ids of its keys; the first one seals. */
  readonly ids: readonly [string, ...string[]]
  /**
   * Seals with the first key, or the one with `keyId`. `context` says what the secret is and whose (`webhook:<id>:secret`); it opens under the same
   * context only.
   */
  seal(plaintext: string, context: string, keyId?: string): Sealed
  /** Opens what any key of the ring sealed. Throws a {@link SealedSecretError}. */
  open(sealed: Uint8Array, keyId: string, context: string): string
}

export type SealedSecretFault = 'unknown_key' | 'malformed' | 'not_authentic'

const explanations: Record<SealedSecretFault, string> = {
  unknown_key: 'is not in the ring; add it after the first key, as secrets sealed with it are still in use',
  malformed: 'was named for bytes that are not a sealed secret of a version known here',
  not_authentic: 'did not open the secret: it is another key under the same id, the secret was moved from another row, or it was altered',
}

/** A secret that could not be opened. Names the key, never the data. */
export class SealedSecretError extends Error {
  readonly keyId: string
  readonly fault: SealedSecretFault

  constructor(keyId: string, fault: SealedSecretFault) {
    super(`Encryption key "${keyId}" ${explanations[fault]}.`)
    this.name = 'SealedSecretError'
    this.keyId = keyId
    this.fault = fault
  }
}

// Layout of the sealed bytes: version (1) | nonce (12) | ciphertext | tag (16).
const version = 1
const nonceLength = 12
const tagLength = 16

/** Reads `kid:base64 of 32 bytes,…` into a ring. Throws an Error that says which key is wrong, without showing it. */
export function createKeyRing(text: string): KeyRing {
  const keys = parseKeys(text)
  const [first] = keys
  if (!first) throw new Error('must hold at least one key as id:base64')
  const [sealingId] = first

  return {
    ids: [sealingId, ...[...keys.keys()].slice(1)],
    seal(plaintext, context, keyId = sealingId) {
      const key = keys.get(keyId)
      if (!key) throw new SealedSecretError(keyId, 'unknown_key')
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(keyId, context))
      const encrypted = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return { keyId, sealed: Buffer.concat([Buffer.of(version), nonce, encrypted, cipher.getAuthTag()]) }
    },
    open(sealed, keyId, context) {
      const key = keys.get(keyId)
      if (!key) throw new SealedSecretError(keyId, 'unknown_key')
      const bytes = Buffer.from(sealed)
      if (bytes.length < 1 + nonceLength + tagLength || bytes[0] !== version) throw new SealedSecretError(keyId, 'malformed')
      const nonce = bytes.subarray(1, 1 + nonceLength)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
      decipher.setAAD(additionalData(keyId, context)).setAuthTag(bytes.subarray(-tagLength))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(1 + nonceLength, -tagLength)), decipher.final()]).toString('utf8')
      } catch {
        throw new SealedSecretError(keyId, 'not_authentic')
      }
    },
  }
}

function additionalData(keyId: string, context: string): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, context]))
}

function parseKeys(text: string): Map<string, Buffer> {
  const keys = new Map<string, Buffer>()
  for (const [index, entry] of text.split(',').entries()) {
    const [, id, encoded] = /^([A-Za-z0-9_.-]{1,64}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry.trim()) ?? []
    if (!id || !encoded) throw new Error(`key ${index + 1} is not of the form id:base64`)
    const key = Buffer.from(encoded, 'base64')
    if (key.length !== 32) throw new Error(`key "${id}" has ${key.length} bytes where 32 are needed`)
    if (keys.has(id)) throw new Error(`key id "${id}" is there twice`)
    keys.set(id, key)
  }
  return keys
}
