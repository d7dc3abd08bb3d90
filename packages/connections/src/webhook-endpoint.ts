import { randomBytes } from 'node:crypto'

/** Where Attio delivers to. */
export function endpointUrl(gatewayUrl: string, endpointId: string): string {
  return `${gatewayUrl}/webhooks/attio/${endpointId}`
}

/** 256 random bits: an address nobody can guess. */
export function newEndpointId(): string {
  return randomBytes(32).toString('base64url')
}
