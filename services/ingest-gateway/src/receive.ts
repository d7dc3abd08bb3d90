import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseDelivery, verifySignature } from '@worksights/attio'
import type { NewDelivery } from '@worksights/database'
import { currentTrace, describeSpan } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import type { Endpoints, OpenEndpoint } from './endpoints.ts'
import type { Outcome } from './outcome.ts'
import { readBody } from './read-body.ts'
import type { Store } from './store.ts'

/*
 * One post, from the door to the database:
 *
 *   size      while it streams, before anything is looked up
 *   endpoint  and its secret, from a short cache; no secret, no acceptance
 *   signature over the raw bytes, before anything is parsed and before repeats are looked for
 *   envelope  readable, or of a shape we do not know (kept, ignored)
 *   commit    and only then 200
 */

export type ReceiveOptions = { endpoints: Endpoints; store: Store; allow: (endpointId: string) => boolean }

/** Ids we issue are 43 characters of base64url; what cannot be one is not looked up. */
const endpointPattern = /^[A-Za-z0-9_-]{20,100}$/

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** Attio's key as it is stored; one of absurd length by its digest. */
function keyOf(request: IncomingMessage): string | null {
  const key = one(request.headers['idempotency-key'])?.trim()
  if (!key) return null
  return key.length <= 255 ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`
}

export async function receive(
  { endpoints, store, allow }: ReceiveOptions,
  endpointId: string,
  request: IncomingMessage,
): Promise<Outcome | 'aborted'> {
  if (!endpointPattern.test(endpointId)) return 'unknown_endpoint'
  if (!allow(endpointId)) return 'rate_limited'
  if (!['identity', undefined].includes(one(request.headers['content-encoding'])?.toLowerCase())) return 'encoded'
  const body = await readBody(request)
  if (typeof body === 'string') return body
  let endpoint = await endpoints.find(endpointId)
  if (endpoint.outcome === 'found' && !isAuthentic(endpoint, body, request)) {
    endpoint = await endpoints.reread(endpointId)
    if (endpoint.outcome === 'found' && !isAuthentic(endpoint, body, request)) return 'bad_signature'
  }
  if (endpoint.outcome === 'unknown') return 'unknown_endpoint'
  if (endpoint.outcome === 'not_ready') return 'not_ready'
  const delivery = read(endpoint, body, keyOf(request))
  if (!delivery) return 'unreadable'
  describeSpan({ 'worksights.connection.id': delivery.connectionId, 'worksights.delivery.id': delivery.id })
  return await store.store(delivery)
}

function isAuthentic(endpoint: OpenEndpoint, rawBody: Buffer, { headers }: IncomingMessage): boolean {
  const [header, legacyHeader] = [one(headers['attio-signature']), one(headers['x-attio-signature'])]
  return verifySignature({ rawBody, secret: endpoint.secret, header, legacyHeader })
}

function read(endpoint: OpenEndpoint, body: Buffer, idempotencyKey: string | null): NewDelivery | null {
  const parsed = parseDelivery(body)
  if (parsed.outcome === 'not_utf8' || parsed.outcome === 'not_json') return null
  const types = parsed.outcome === 'ok' ? parsed.events.map(event => (event.known ? event.event.event_type : event.eventType)) : []
  return {
    id: uuid(),
    organizationId: endpoint.organizationId,
    connectionId: endpoint.connectionId,
    webhookId: endpoint.webhookId,
    idempotencyKey,
    body,
    eventTypes: [...new Set(types.filter(type => type !== null))],
    traceContext: currentTrace(),
    ignoredBecause: parsed.outcome === 'unknown_shape' ? `unknown shape: ${parsed.problem}` : null,
  }
}
