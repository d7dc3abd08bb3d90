import { attioId, describeIssues } from '../attio-fields.ts'
import { type AttioEvent, attioEvent } from './event-schema.ts'
import { supportedEventTypes } from './event-types.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export type JsonObject = { [key: string]: JsonValue }

/**
 * One entry of `events`. `raw` is the entry as it came, unknown fields included. An entry we cannot use says why:
 * `unsupported_type` (Attio may add types at any time) or `malformed` (a type we know without the ids it needs, or no type at all).
 */
export type ParsedEvent =
  | { known: true; event: AttioEvent; raw: JsonObject }
  | { known: false; eventType: string | null; problem: 'unsupported_type' | 'malformed'; issues: string[]; raw: JsonObject }

export type ParsedDelivery =
  | { outcome: 'ok'; webhookId: string | null; events: ParsedEvent[] }
  | { outcome: 'not_utf8' }
  | { outcome: 'not_json' }
  | { outcome: 'unknown_shape'; problem: string }

const supported: ReadonlySet<string> = new Set(supportedEventTypes)

/**
 * Reads the body of a webhook delivery: `{ webhook_id, events: [...] }`. Attio sends one event a delivery today and says that may
 * change, so any number is read, none included. Never throws; no outcome holds text of the body but `raw`.
 */
export function parseDelivery(rawBody: Uint8Array): ParsedDelivery {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(rawBody)
  } catch {
    return { outcome: 'not_utf8' }
  }
  let body: JsonValue
  try {
    body = JSON.parse(text)
  } catch {
    return { outcome: 'not_json' }
  }
  if (!isJsonObject(body)) return { outcome: 'unknown_shape', problem: 'the body is not a JSON object' }
  const events = body.events
  if (!Array.isArray(events)) return { outcome: 'unknown_shape', problem: 'the body has no array called events' }
  const entries = events.filter(isJsonObject)
  if (entries.length < events.length) return { outcome: 'unknown_shape', problem: 'events holds something that is not an object' }
  return { outcome: 'ok', webhookId: attioId.nullable().catch(null).parse(body.webhook_id), events: entries.map(parseEvent) }
}

function parseEvent(raw: JsonObject): ParsedEvent {
  const type = attioId.safeParse(raw.event_type)
  if (!type.success) return { known: false, eventType: null, problem: 'malformed', issues: ['event_type: must be a short text'], raw }
  if (!supported.has(type.data)) return { known: false, eventType: type.data, problem: 'unsupported_type', issues: [], raw }
  const event = attioEvent.safeParse(raw)
  if (event.success) return { known: true, event: event.data, raw }
  return { known: false, eventType: type.data, problem: 'malformed', issues: describeIssues(event.error), raw }
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
