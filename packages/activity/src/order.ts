import type { StoredEvent } from './facts.ts'
import { maxWindowMs } from './lanes.ts'

/** Equal bodies through two webhooks of one connection within this time are one event. */
const webhookOverlapMs = 60_000

/** By first receipt, ties by delivery and place in it: total over distinct events. */
export function byReceipt(a: StoredEvent, b: StoredEvent): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt - b.receivedAt
  if (a.deliveryId !== b.deliveryId) return a.deliveryId < b.deliveryId ? -1 : 1
  return a.index - b.index
}

/** By the time it happened, then by receipt. */
export function byTime(a: StoredEvent, b: StoredEvent): number {
  return a.happenedAt - b.happenedAt || byReceipt(a, b)
}

/**
 * Parts off what a second webhook brought again: while one webhook replaces another both deliver every event, with different keys. Equal bodies through
 * ONE webhook are distinct events (editing a field twice sends the same bytes), so each kept event absorbs at most one of each other webhook.
 */
export function splitOverlap(events: readonly StoredEvent[]): { kept: StoredEvent[]; repeats: StoredEvent[] } {
  const kept: StoredEvent[] = []
  const repeats: StoredEvent[] = []
  const open = new Map<string, { event: StoredEvent; absorbed: Set<string> }[]>()
  for (const event of [...events].sort(byReceipt)) {
    const recent = (open.get(event.fingerprint) ?? []).filter(({ event: first }) => event.receivedAt - first.receivedAt <= webhookOverlapMs)
    const match = recent.find(
      ({ event: first, absorbed }) =>
        first.webhookId !== event.webhookId &&
        !absorbed.has(event.webhookId) &&
        // What happened this far apart is never looked at together (see laneExtent).
        Math.abs(event.happenedAt - first.happenedAt) <= maxWindowMs,
    )
    if (match) {
      match.absorbed.add(event.webhookId)
      repeats.push(event)
    } else {
      recent.push({ event, absorbed: new Set() })
      kept.push(event)
    }
    open.set(event.fingerprint, recent)
  }
  return { kept, repeats }
}

/**
 * Cuts time-ordered events into windows. A window opens with an event and takes what happened up to and including that event's window length later;
 * the next event opens a new one.
 */
export function windows(events: readonly StoredEvent[]): StoredEvent[][] {
  const cut: StoredEvent[][] = []
  for (const event of [...events].sort(byTime)) {
    const current = cut.at(-1)
    const opener = current?.[0]
    if (current && opener && event.happenedAt - opener.happenedAt <= opener.windowMs) current.push(event)
    else cut.push([event])
  }
  return cut
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()]
}
