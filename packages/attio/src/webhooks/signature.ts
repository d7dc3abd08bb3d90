import { createHmac, timingSafeEqual } from 'node:crypto'

const WELL_FORMED = /^[0-9a-f]{64}$/i

/**
 * Whether a delivery was signed by the holder of the webhook's secret: HMAC-SHA256 of the raw body, keyed with the secret as it
 * stands, in hex. Never throws; without a secret or without a well-formed header the answer is false.
 *
 * `header` is `Attio-Signature`, `legacyHeader` its copy `X-Attio-Signature`; the first well-formed one decides.
 * Only the body is signed: not the idempotency key, and there is no timestamp (https://docs.attio.com/rest-api/guides/webhooks).
 */
export function verifySignature(input: {
  rawBody: Uint8Array
  secret: string
  header: string | undefined
  legacyHeader?: string | undefined
}): boolean {
  // An empty key makes an HMAC that anybody can compute.
  if (input.secret === '') return false
  const given = [input.header, input.legacyHeader].map(header => header?.trim() ?? '').find(header => WELL_FORMED.test(header))
  if (given === undefined) return false
  const expected = createHmac('sha256', input.secret).update(input.rawBody).digest()
  return timingSafeEqual(expected, Buffer.from(given, 'hex'))
}
