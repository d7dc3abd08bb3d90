import { createHmac } from 'node:crypto'

/** HMAC-SHA256 of the body's bytes, keyed with the secret as text, in lower-case hex: what Attio puts into `Attio-Signature`. */
export function sign(secret: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}
