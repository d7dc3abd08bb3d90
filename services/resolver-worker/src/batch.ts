import { createHash } from 'node:crypto'
import { type AttioEvent, type JsonValue, parseDelivery } from '@worksights/attio'
import type { ClaimedDelivery } from '@worksights/database'

/** One entry of `events[]` of a claimed delivery, before anything is looked up. */
export type Entry = {
  delivery: ClaimedDelivery
  index: number
  eventType: string
  fingerprint: string
  /** The event, or why it makes no line. */
  content: { event: AttioEvent } | { ignored: string }
}

/** The same for equal events, whatever order their keys come in. */
function fingerprint(raw: JsonValue): string {
  return createHash('sha256').update(canonical(raw)).digest('base64url').slice(0, 22)
}

function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort()
    return `{${keys.map(key => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export type ReadDelivery = { entries: Entry[] } | { ignored: string }

/** Reads a stored delivery's body. The gateway stored it, so it is JSON; its shape may still be news. */
export function readDelivery(delivery: ClaimedDelivery): ReadDelivery {
  const parsed = parseDelivery(delivery.body)
  if (parsed.outcome === 'unknown_shape') return { ignored: `unknown shape: ${parsed.problem}` }
  if (parsed.outcome !== 'ok') return { ignored: 'not JSON' }
  if (parsed.events.length === 0) return { ignored: 'no events in the delivery' }
  return {
    entries: parsed.events.map((entry, index) => ({
      delivery,
      index,
      eventType: (entry.known ? entry.event.event_type : (entry.eventType ?? 'unknown')).slice(0, 200),
      fingerprint: fingerprint(entry.raw),
      content: entry.known
        ? { event: entry.event }
        : {
            ignored:
              entry.problem === 'unsupported_type' ? 'unsupported event' : `unreadable event: ${entry.issues.slice(0, 3).join('; ')}`,
          },
    })),
  }
}
