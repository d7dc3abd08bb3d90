import { nanoTime } from '../world/time.ts'
import type { Attribute, Choice, Value, Values } from '../world/types.ts'
import { attributesOf, type Workspace } from '../world/workspace.ts'
import { active } from './write.ts'

export function choiceOutput(workspace: Workspace, attribute: Attribute, choice: Choice): Record<string, unknown> {
  const ids = { workspace_id: workspace.id, object_id: attribute.parentId, attribute_id: attribute.id }
  return attribute.type === 'status'
    ? {
        id: { ...ids, status_id: choice.id },
        title: choice.title,
        is_archived: choice.archived,
        target_time_in_status: null,
        celebration_enabled: choice.celebrate,
      }
    : { id: { ...ids, option_id: choice.id }, title: choice.title, is_archived: choice.archived }
}

/** One value as Attio answers it; a status or option carries its present title. */
export function valueOutput(workspace: Workspace, attribute: Attribute, value: Value): Record<string, unknown> {
  const choice = attribute.choices.find(candidate => candidate.id === value.data.choice)
  const { choice: _, ...plain } = value.data
  const choiceKey = attribute.type === 'status' ? 'status' : 'option'
  return {
    active_from: nanoTime(value.activeFrom),
    active_until: value.activeUntil === null ? null : nanoTime(value.activeUntil),
    created_by_actor: value.actor,
    ...plain,
    ...(choice === undefined ? {} : { [choiceKey]: choiceOutput(workspace, attribute, choice) }),
    attribute_type: attribute.type,
  }
}

/** All active values of a row by attribute slug; `[]` where there is none; archived attributes are left out. */
export function valuesOutput(workspace: Workspace, parentId: string, values: Values, at: number): Record<string, unknown[]> {
  const output: Record<string, unknown[]> = {}
  for (const attribute of attributesOf(workspace, parentId, at)) {
    if (attribute.archived) continue
    output[attribute.slug] = active(values[attribute.id]).map(value => valueOutput(workspace, attribute, value))
  }
  return output
}
