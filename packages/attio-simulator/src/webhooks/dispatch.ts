import type { FaultSettings } from '../faults/settings.ts'
import type { AttioEvent } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import { createRandom } from '../world/random.ts'
import type { Webhook } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'
import type { Deliveries } from './delivery.ts'
import { wants } from './filter.ts'
import { webhookStatus } from './health.ts'

export interface Dispatch {
  /** Brings an event to every webhook that asked for it. */
  emit(workspace: Workspace, event: AttioEvent): void
  close(): void
}

interface Lane {
  workspace: Workspace
  webhookId: string
  batch: AttioEvent[]
  batchTimer: NodeJS.Timeout | undefined
  held: AttioEvent[][]
  holdTimer: NodeJS.Timeout | undefined
  seen: number
}

const batchWait = 50
const holdWait = 250

/** A type of Attio's newer activities feature, or one that does not exist at all. */
const unheardOf = (workspace: Workspace, event: AttioEvent, seen: number): AttioEvent =>
  seen % 2 === 0
    ? { event_type: 'activity.created', id: { workspace_id: workspace.id, activity_id: freshId() }, actor: event.actor }
    : { event_type: 'hologram.projected', id: { workspace_id: workspace.id, hologram_id: freshId() }, actor: event.actor }

/**
 * From event to message: webhook by webhook, one event a message, unless a fault says to batch, shuffle or mix in what no client
 * knows. Both waits end by themselves, so no event is ever kept back for good.
 */
export function createDispatch(dependencies: {
  deliveries: Deliveries
  faults: (workspace: Workspace) => FaultSettings
  clock: () => number
  seed: string
}): Dispatch {
  const { deliveries, faults, clock } = dependencies
  const random = createRandom(`${dependencies.seed} reorder`)
  const lanes = new Map<string, Lane>()

  const laneOf = (workspace: Workspace, webhook: Webhook): Lane => {
    const known = lanes.get(webhook.id)
    if (known !== undefined) return known
    const lane: Lane = { workspace, webhookId: webhook.id, batch: [], batchTimer: undefined, held: [], holdTimer: undefined, seen: 0 }
    lanes.set(webhook.id, lane)
    return lane
  }

  const send = (lane: Lane, events: AttioEvent[]) => {
    const webhook = lane.workspace.webhooks.get(lane.webhookId)
    if (webhook !== undefined) deliveries.send(lane.workspace, webhook, events)
  }

  const releaseHeld = (lane: Lane) => {
    clearTimeout(lane.holdTimer)
    lane.holdTimer = undefined
    const waiting = lane.held
    lane.held = []
    while (waiting.length > 0) for (const events of waiting.splice(Math.floor(random.next() * waiting.length), 1)) send(lane, events)
  }

  const hold = (lane: Lane, events: AttioEvent[]) => {
    const size = faults(lane.workspace).reorder
    if (size < 2) return send(lane, events)
    lane.held.push(events)
    if (lane.held.length >= size) releaseHeld(lane)
    else lane.holdTimer ??= setTimeout(() => releaseHeld(lane), holdWait)
  }

  const releaseBatch = (lane: Lane) => {
    clearTimeout(lane.batchTimer)
    lane.batchTimer = undefined
    const events = lane.batch
    lane.batch = []
    if (events.length > 0) hold(lane, events)
  }

  const add = (lane: Lane, event: AttioEvent) => {
    const size = faults(lane.workspace).batch_events
    if (size < 2) return hold(lane, [event])
    lane.batch.push(event)
    if (lane.batch.length >= size) releaseBatch(lane)
    else lane.batchTimer ??= setTimeout(() => releaseBatch(lane), batchWait)
  }

  return {
    emit(workspace, original) {
      const settings = faults(workspace)
      for (const webhook of workspace.webhooks.all()) {
        if (!wants(webhook, original) || webhookStatus(webhook, settings, clock()) === 'inactive') continue
        const event = settings.null_actor_id ? { ...original, actor: { ...original.actor, id: null } } : original
        const lane = laneOf(workspace, webhook)
        add(lane, event)
        lane.seen += 1
        if (settings.unknown_events > 0 && lane.seen % settings.unknown_events === 0)
          add(lane, unheardOf(workspace, event, lane.seen / settings.unknown_events))
      }
    },
    close() {
      for (const lane of lanes.values()) {
        clearTimeout(lane.batchTimer)
        clearTimeout(lane.holdTimer)
      }
      lanes.clear()
    },
  }
}
