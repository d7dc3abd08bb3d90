import type { Ledger, Sent } from './ledger.ts'

/**
 * What is wrong between what Attio sent, what was stored, and what the timeline shows; empty when every event that was answered 2xx is part of
 * exactly one line, once, and no line holds anything else.
 */
export function faultsOf({ sent, stored, lines }: Ledger): string[] {
  const faults: string[] = []
  for (const { idempotency_key: key, state } of sent) {
    if (state !== 'delivered') faults.push(`delivery ${key}: Attio's side ended as ${state}`)
  }
  const byKey = Map.groupBy(stored, ({ idempotency_key: key }) => key ?? '')
  const taken = sent.filter(wasTaken)
  for (const { idempotency_key: key, event_types: types } of taken) {
    const rows = byKey.get(key) ?? []
    if (rows.length === 0) faults.push(`delivery ${key} (${types.join(', ')}): answered 2xx and not stored`)
    if (rows.length > 1) faults.push(`delivery ${key}: stored ${rows.length} times`)
    const events = rows[0]?.events ?? []
    if (rows.length > 0 && events.length !== types.length)
      faults.push(`delivery ${key}: ${types.length} events sent, ${events.length} known`)
  }
  const known = new Set(sent.map(({ idempotency_key: key }) => key))
  for (const { id, idempotency_key: key, state, reason } of stored) {
    if (key === null || !known.has(key)) faults.push(`stored delivery ${id}: nobody sent it`)
    if (state !== 'processed') faults.push(`stored delivery ${id}: ${state}${reason === null ? '' : ` (${reason})`}`)
  }
  return [...faults, ...faultsOfLines({ stored, lines })]
}

function faultsOfLines({ stored, lines }: Pick<Ledger, 'stored' | 'lines'>): string[] {
  const faults: string[] = []
  const events = stored.flatMap(delivery => delivery.events)
  for (const { id, type, state, reason, activity_id: line } of events) {
    if (state !== 'projected' || line === null)
      faults.push(`event ${id} (${type}): ${state}${reason === null ? '' : ` (${reason})`}, in no line`)
  }
  const told = Map.groupBy(events, event => event.activity_id)
  const shown = Map.groupBy(lines, ({ id }) => id)
  for (const [id, parts] of told) {
    if (id !== null && !shown.has(id)) faults.push(`line ${id} of ${parts.length} events: not on the timeline`)
  }
  for (const [id, rows] of shown) {
    const [line] = rows
    if (rows.length > 1) faults.push(`line ${id} (${line?.title}): on the timeline ${rows.length} times`)
    const parts = told.get(id)?.length ?? 0
    if (line && line.event_count !== parts) faults.push(`line ${id} (${line.title}): says ${line.event_count} events, ${parts} are its own`)
  }
  return faults
}

/** Whether any attempt was answered 2xx. */
export function wasTaken({ attempts }: Sent): boolean {
  return attempts.some(({ status }) => isTaken(status))
}

export type Latency = { count: number; p50: number; p99: number; max: number }
export type Span = { name: string; from: number; to: number }

/** When each delivery that began a line was taken: the start of the POST that was answered 2xx, by the line. */
export function beginnings({ sent, stored }: Ledger): Map<string, number> {
  const at = new Map(sent.flatMap(delivery => takenAt(delivery).map(time => [delivery.idempotency_key, time])))
  const first = new Map<string, number>()
  for (const { idempotency_key: key, events } of stored) {
    const time = at.get(key ?? '')
    for (const { activity_id: line } of events) {
      if (line !== null && time !== undefined) first.set(line, Math.min(first.get(line) ?? Number.POSITIVE_INFINITY, time))
    }
  }
  return first
}

/** Per span of time, how long lines that began in it took to be visible (ms). */
export function latencies(
  began: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
  spans: readonly Span[],
): Map<string, Latency> {
  return new Map(
    spans.flatMap(({ name, from, to }) => {
      const values = [...began].flatMap(([line, at]) => {
        const visible = seen.get(line)
        return at >= from && at < to && visible !== undefined ? [Math.max(0, visible - at)] : []
      })
      const sorted = values.toSorted((a, b) => a - b)
      const share = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
      return sorted.length === 0 ? [] : [[name, { count: sorted.length, p50: share(0.5), p99: share(0.99), max: share(1) }] as const]
    }),
  )
}

/** Of the POSTs of a span: all, and those not answered 2xx, by the status or by what was in the way. */
export function posts(sent: readonly Sent[], { from, to }: Span): { all: number; refused: Map<string, number> } {
  const attempts = sent.flatMap(delivery => delivery.attempts).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < to)
  const refused = attempts.flatMap(({ status, problem }) =>
    isTaken(status) ? [] : [status === null ? (problem ?? 'no answer') : `${status}`],
  )
  const counts = new Map<string, number>()
  for (const why of refused) counts.set(why, (counts.get(why) ?? 0) + 1)
  return { all: attempts.length, refused: counts }
}

function isTaken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300
}

function takenAt({ attempts }: Sent): number[] {
  const first = attempts.find(({ status }) => isTaken(status))
  return first === undefined ? [] : [Date.parse(first.at)]
}
