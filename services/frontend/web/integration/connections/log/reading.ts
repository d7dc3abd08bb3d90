import type { InfiniteData } from '@tanstack/react-query'
import type { Delivery, DeliveryPage } from '@worksights/api-client'

/*
 * What is shown of a log while it goes on: rows stay where they are and take on what became of them; what is new is counted and shown when it is asked for.
 */

export type LogPages = InfiniteData<DeliveryPage>

export const rowsOf = ({ pages }: LogPages): Delivery[] => pages.flatMap(page => page.data)

/** The same rows with what was read of them anew. */
export function withReadings(log: LogPages, fresh: readonly Delivery[]): LogPages {
  const byId = new Map(fresh.map(delivery => [delivery.id, delivery]))
  return { ...log, pages: log.pages.map(page => ({ ...page, data: page.data.map(row => byId.get(row.id) ?? row) })) }
}

/** A log that begins with a page just read, and goes on from there. */
export const beginningWith = (head: DeliveryPage): LogPages => ({ pages: [head], pageParams: [undefined] })

/** How many deliveries of the newest page came after those that are shown. */
export function countNew(shown: readonly Delivery[], newest: readonly Delivery[]): number {
  const first = shown[0]
  return first ? newest.filter(delivery => isAfter(delivery, first)).length : newest.length
}

const isAfter = (one: Delivery, other: Delivery) =>
  one.received_at === other.received_at ? one.id > other.id : one.received_at > other.received_at

/** Whether nothing more will happen to a delivery by itself. */
export const isOver = ({ state, events }: Delivery): boolean =>
  state !== 'received' && state !== 'failed' && events.every(event => event.state !== 'pending')

const soonMs = 30_000

/** How long to wait before unfinished deliveries are looked at again: shortly where something is about to happen. Null where nothing will. */
export function pauseUntilNextLook(rows: readonly Delivery[], now: number): number | null {
  const open = rows.filter(row => !isOver(row))
  if (open.length === 0) return null
  const isSoon = (row: Delivery) => row.state !== 'failed' || new Date(row.next_attempt_at ?? 0).getTime() - now < soonMs
  return open.some(isSoon) ? 2_000 : 15_000
}

/** From when to when to read a log to see some of its rows again: those received from `from` up to, not including, `to`. */
export function spanOf(rows: readonly Delivery[]): { from: string; to: string } | null {
  const times = rows.map(row => new Date(row.received_at).getTime())
  if (times.length === 0) return null
  return { from: new Date(Math.min(...times)).toISOString(), to: new Date(Math.max(...times) + 1).toISOString() }
}
