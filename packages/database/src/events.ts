import type { Executor, Transaction } from './connect.ts'

/** One entry of `events[]`, ready to be stored. Facts are an object of packages/activity, opaque here; null where the event makes no line. */
export type NewEvent = {
  id: string
  deliveryId: string
  deliveryIndex: number
  eventType: string
  fingerprint: string
  state: 'pending' | 'filtered' | 'ignored'
  reason: string | null
  lane: string | null
  alsoLane: string | null
  facts: object | null
  pendingNames: string[]
  receivedAt: Date
  happenedAt: Date
  windowMs: number
}

const column = <K extends keyof NewEvent>(events: readonly NewEvent[], key: K) => events.map(event => event[key])

/**
 * Stores events once. Of those that are there already (a delivery that is worked again), what makes a line or is on its way to one stays as it is; what was
 * filtered, ignored or given up is decided anew, within the window length it was received with. Returns the ids of those that are as given now.
 */
export async function insertEvents(
  client: Transaction,
  connection: { id: string; organizationId: string },
  given: readonly NewEvent[],
): Promise<Set<string>> {
  if (given.length === 0) return new Set()
  // One statement may touch a row once.
  const events = [...new Map(given.map(event => [event.id, event])).values()]
  const { rows } = await client.query<{ id: string }>({
    name: 'insert-events',
    text: `insert into event (organization_id, connection_id, id, delivery_id, delivery_index, event_type, fingerprint, state, reason, lane, also_lane, facts,
        pending_names, received_at, happened_at, window_ms, due_at)
      select $1, $2, e.id, e.delivery_id, e.delivery_index, e.event_type, e.fingerprint, e.state, e.reason, e.lane, e.also_lane, e.facts::jsonb,
        array(select jsonb_array_elements_text(e.pending_names::jsonb)), e.received_at, e.happened_at, e.window_ms,
        case when e.state = 'pending' then date_trunc('milliseconds', now()) end
      from unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
        $13::text[], $14::timestamptz[], $15::timestamptz[], $16::int[])
        as e(id, delivery_id, delivery_index, event_type, fingerprint, state, reason, lane, also_lane, facts, pending_names, received_at, happened_at, window_ms)
      on conflict (id) do update set state = excluded.state, reason = excluded.reason, lane = excluded.lane, also_lane = excluded.also_lane,
        facts = excluded.facts, pending_names = excluded.pending_names, happened_at = excluded.happened_at, due_at = excluded.due_at, attempts = 0,
        activity_id = case when excluded.state = 'pending' then event.activity_id end
        where event.state in ('filtered', 'ignored', 'dead')
      returning id`,
    values: [
      connection.organizationId,
      connection.id,
      column(events, 'id'),
      column(events, 'deliveryId'),
      column(events, 'deliveryIndex'),
      column(events, 'eventType'),
      column(events, 'fingerprint'),
      column(events, 'state'),
      column(events, 'reason'),
      column(events, 'lane'),
      column(events, 'alsoLane'),
      events.map(event => (event.facts ? JSON.stringify(event.facts) : null)),
      events.map(event => JSON.stringify(event.pendingNames)),
      column(events, 'receivedAt'),
      column(events, 'happenedAt'),
      column(events, 'windowMs'),
    ],
  })
  return new Set(rows.map(row => row.id))
}

/** Where an event is told, and the second lane it has a say in. Events of one place are worked together. */
export type Place = { lane: string; alsoLane: string | null }

/** Places of a connection's due events, those longest due first; `limit` bounds the events looked at. */
export async function duePlaces(executor: Executor, connectionId: string, limit: number): Promise<Place[]> {
  const { rows } = await executor.query<Place>({
    name: 'due-places',
    text: `select lane, also_lane as "alsoLane"
      from (select lane, also_lane, due_at from event where connection_id = $1 and due_at <= now() order by due_at limit $2) e
      group by lane, also_lane order by min(due_at), lane`,
    values: [connectionId, limit],
  })
  return rows
}

export type LaneEvent = {
  id: string
  organizationId: string
  deliveryId: string
  index: number
  webhookId: string
  fingerprint: string
  state: string
  lane: string
  alsoLane: string | null
  facts: unknown
  receivedAt: Date
  happenedAt: Date
  windowMs: number
  activityId: string | null
  /** The `traceparent` of its delivery's POST, where that was traced. */
  traceContext: string | null
}

const laneEventColumns = `e.id, e.organization_id as "organizationId", e.delivery_id as "deliveryId", e.delivery_index as index,
  d.webhook_id as "webhookId", e.fingerprint, e.state, e.lane, e.also_lane as "alsoLane", e.facts, e.received_at as "receivedAt",
  e.happened_at as "happenedAt", e.window_ms as "windowMs", e.activity_id as "activityId", d.trace_context as "traceContext"`

/** Every event of whole lanes, and those of other lanes with a say in them. */
export async function loadLanes(client: Transaction, connectionId: string, lanes: readonly string[]): Promise<LaneEvent[]> {
  if (lanes.length === 0) return []
  const { rows } = await client.query<LaneEvent>({
    name: 'load-lanes',
    // Two searches, each by its index: with `or`, a plan made for any values reads the whole table.
    text: `select ${laneEventColumns} from (
        select * from event where connection_id = $1 and lane = any($2::text[])
        union all
        select * from event where connection_id = $1 and also_lane = any($2::text[]) and also_lane is not null and lane <> all($2::text[])
      ) e join delivery d on d.id = e.delivery_id where e.state <> 'dead'`,
    values: [connectionId, lanes],
  })
  return rows
}

/**
 * The parts of lanes that a pending event can touch: from it, back and forth until a pause longer than `pauseMs`. Each step of the search jumps to the
 * far end of one such stretch along the index, so a long lane costs what its touched part costs.
 */
export async function loadLaneSegments(
  client: Transaction,
  connectionId: string,
  lanes: readonly string[],
  pauseMs: number,
): Promise<LaneEvent[]> {
  if (lanes.length === 0) return []
  const { rows } = await client.query<LaneEvent>({
    name: 'load-lane-segments',
    text: `with recursive pending as (
        select lane, happened_at as t from event where connection_id = $1 and lane = any($2::text[]) and due_at is not null
          group by lane, happened_at
      ), back as (
        select lane, t, t::timestamptz as lo from pending
        union all
        select b.lane, b.t, s.lo from back b cross join lateral (
          select min(e.happened_at) as lo from event e where e.connection_id = $1 and e.lane = b.lane
            and e.happened_at >= b.lo - make_interval(secs => $3::float8 / 1000) and e.happened_at < b.lo
        ) s where s.lo is not null
      ), forth as (
        select lane, t, t::timestamptz as hi from pending
        union all
        select f.lane, f.t, s.hi from forth f cross join lateral (
          select max(e.happened_at) as hi from event e where e.connection_id = $1 and e.lane = f.lane
            and e.happened_at <= f.hi + make_interval(secs => $3::float8 / 1000) and e.happened_at > f.hi
        ) s where s.hi is not null
      ), segment as (
        select distinct lane, lo, hi from (select lane, t, min(lo) as lo from back group by lane, t) b
          join (select lane, t, max(hi) as hi from forth group by lane, t) f using (lane, t)
      )
      select ${laneEventColumns} from segment s
        join event e on e.connection_id = $1 and e.lane = s.lane and e.happened_at between s.lo and s.hi and e.state <> 'dead'
        join delivery d on d.id = e.delivery_id`,
    values: [connectionId, lanes, pauseMs],
  })
  return rows
}

export type EventResult = { id: string; state: 'projected' | 'duplicate'; reason: string | null; activityId: string | null }

/** Writes what became of events. */
export async function saveEventResults(client: Transaction, results: readonly EventResult[]): Promise<void> {
  if (results.length === 0) return
  await client.query({
    name: 'save-event-results',
    text: `update event e set state = r.state, reason = r.reason, activity_id = r.activity_id, due_at = null, attempts = 0
      from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) as r(id, state, reason, activity_id)
      where e.id = r.id and (e.state, e.reason, e.activity_id) is distinct from (r.state, r.reason, r.activity_id)`,
    values: [results.map(row => row.id), results.map(row => row.state), results.map(row => row.reason), results.map(row => row.activityId)],
  })
}

/**
 * Puts the due events of a place off, or makes those dead letters that had `maxAttempts`, and their deliveries with them: that is where people look for what
 * was given up, and what they replay. What is due later keeps its pause: an event that comes meanwhile does not use up the attempts of others. `pauseMs` is
 * by the attempt that failed.
 */
export async function failPlace(
  client: Transaction,
  connectionId: string,
  place: Place,
  failed: { reason: string; maxAttempts: number; pauseMs: (attempt: number) => number },
): Promise<void> {
  const due = `connection_id = $1 and lane = $2 and also_lane is not distinct from $3 and due_at <= now()`
  const where = [connectionId, place.lane, place.alsoLane]
  const { rows } = await client.query<{ attempts: number | null }>(`select max(attempts) as attempts from event where ${due}`, where)
  const attempt = (rows[0]?.attempts ?? 0) + 1
  if (attempt >= failed.maxAttempts) {
    // Deliveries before their events, as whoever resolves them does, so that the two cannot block each other.
    await client.query(
      `select from delivery where id in (select delivery_id from event where ${due} and attempts + 1 >= $4) order by id for update`,
      [...where, failed.maxAttempts],
    )
  }
  const { rows: tried } = await client.query<{ delivery_id: string; state: string }>(
    `update event set attempts = attempts + 1, reason = $4, state = case when attempts + 1 >= $5 then 'dead' else state end,
       due_at = case when attempts + 1 >= $5 then null else now() + make_interval(secs => $6::float8 / 1000) end
     where ${due} returning delivery_id, state`,
    [...where, failed.reason, failed.maxAttempts, failed.pauseMs(attempt)],
  )
  const dead = tried.filter(event => event.state === 'dead').map(event => event.delivery_id)
  if (dead.length === 0) return
  // One that is being worked again meanwhile says itself how it ends.
  await client.query(`update delivery set state = 'dead', reason = $2 where id = any($1::uuid[]) and state = 'processed'`, [
    dead,
    failed.reason,
  ])
}

/** How long until more of a connection's events are due, in ms (0 = now); null when none is waiting. */
export async function nextEventDue(executor: Executor, connectionId: string): Promise<number | null> {
  const { rows } = await executor.query<{ ms: number | null }>(
    `select extract(epoch from min(due_at) - now())::float8 * 1000 as ms from event where connection_id = $1 and due_at is not null`,
    [connectionId],
  )
  const ms = rows[0]?.ms ?? null
  return ms === null ? null : Math.max(0, ms)
}
