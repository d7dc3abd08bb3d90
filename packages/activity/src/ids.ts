import { v5 } from 'uuid'

/** Namespaces of the two ids that are functions of what they name; changing one would rename every row. */
const eventNamespace = '3d0bd0ee-6d6a-5b0c-8d53-7a5c9ad4b9e1'
const activityNamespace = 'b7c1a4be-2b0f-5a35-9a53-0d3b1f0c6c77'

/** The id of the event at `index` of a delivery's `events[]`: the same however often the delivery is worked. */
export function eventId(deliveryId: string, index: number): string {
  return v5(`${deliveryId}#${index}`, eventNamespace)
}

/** The id of the line whose earliest received event is `earliestEventId`. */
export function activityId(earliestEventId: string): string {
  return v5(earliestEventId, activityNamespace)
}
