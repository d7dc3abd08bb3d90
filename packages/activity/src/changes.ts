import type { AttributeRef, StoredEvent } from './facts.ts'
import type { Change } from './line.ts'
import { latest, shortId } from './names.ts'

export type ChangedAttribute = { ref: AttributeRef; change: Change }

const title = (ref: AttributeRef) => ref.name ?? `field ${shortId(ref.id)}`

function attributeOf(event: StoredEvent): AttributeRef | null {
  return event.facts.family === 'record' || event.facts.family === 'entry' ? event.facts.attribute : null
}

/** The attributes a line's events changed, status attributes first, then in order of first change; each with its steps in order. */
export function changedAttributes(events: readonly StoredEvent[]): ChangedAttribute[] {
  const byAttribute = Map.groupBy(
    events.filter(event => attributeOf(event) !== null),
    event => attributeOf(event)?.id ?? '',
  )
  const changed = [...byAttribute.values()].flatMap(steps => {
    const ref = latest(steps, attributeOf)
    return ref ? { ref, change: { attribute_id: ref.id, title: title(ref), steps: steps.map(step) } } : []
  })
  const isStatus = ({ ref }: ChangedAttribute) => ref.type === 'status'
  return [...changed.filter(isStatus), ...changed.filter(item => !isStatus(item))]
}

export function step(event: StoredEvent): Change['steps'][number] {
  return { at: new Date(event.happenedAt).toISOString(), event_id: event.id }
}
