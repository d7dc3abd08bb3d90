import { invalid } from '../api/errors.ts'
import type { Actor, Attribute, Value, Values } from '../world/types.ts'
import { attributesOf, findAttribute, type Workspace } from '../world/workspace.ts'
import { parseValue } from './input.ts'

export interface ValueWrite {
  workspace: Workspace
  /** Object or list the values belong to. */
  parentId: string
  current: Values
  input: Record<string, unknown>
  /** PATCH adds to multiselect values, PUT replaces them. */
  mode: 'append' | 'overwrite'
  actor: Actor
  now: number
  /** The simulator itself may write what Attio computes. */
  allowReadOnly?: boolean
}

const same = (left: Value[], right: Record<string, unknown>[]) => JSON.stringify(left.map(value => value.data)) === JSON.stringify(right)

export const active = (values: Value[] | undefined): Value[] => (values ?? []).filter(value => value.activeUntil === null)

function parseInput(write: ValueWrite, attribute: Attribute, raw: unknown): Record<string, unknown>[] {
  const given = raw === null ? [] : Array.isArray(raw) ? raw : [raw]
  const parsed = given.map(item => parseValue(write.workspace, attribute, item))
  if (!attribute.multiselect && parsed.length > 1)
    throw invalid(`Attribute with slug "${attribute.slug}" is not multiselect: pass at most one value.`)
  if (parsed.length === 0 && attribute.required)
    throw invalid(`Required value for attribute with ID "${attribute.id}" was not provided.`, 'missing_value')
  return parsed
}

/**
 * The values after a write, and which attributes really changed, in the order they were given. A value that stays keeps its
 * `active_from`; one that goes is closed with `active_until`, so the history tells every step.
 */
export function writeValues(write: ValueWrite): { values: Values; changed: Attribute[] } {
  const values: Values = { ...write.current }
  const changed: Attribute[] = []
  for (const [key, raw] of Object.entries(write.input)) {
    const attribute = findAttribute(write.workspace, write.parentId, key)
    if (attribute === undefined) throw invalid(`Cannot find attribute with slug/ID "${key}".`, 'value_not_found')
    if (!attribute.writable && write.allowReadOnly !== true)
      throw invalid(`Cannot write to the read-only attribute with slug "${attribute.slug}".`, 'immutable_value')
    const parsed = parseInput(write, attribute, raw)
    const held = active(values[attribute.id])
    const wanted = write.mode === 'append' && attribute.multiselect ? merge(held, parsed) : parsed
    if (same(held, wanted)) continue
    const texts = wanted.map(data => JSON.stringify(data))
    const kept = (values[attribute.id] ?? []).map(value =>
      value.activeUntil !== null || texts.includes(JSON.stringify(value.data)) ? value : { ...value, activeUntil: write.now },
    )
    const heldTexts = held.map(value => JSON.stringify(value.data))
    const added = wanted
      .filter(data => !heldTexts.includes(JSON.stringify(data)))
      .map(data => ({ activeFrom: write.now, activeUntil: null, actor: write.actor, data }))
    values[attribute.id] = [...kept, ...added]
    changed.push(attribute)
  }
  return { values, changed }
}

const merge = (held: Value[], parsed: Record<string, unknown>[]) => {
  const texts = new Set(held.map(value => JSON.stringify(value.data)))
  return [...held.map(value => value.data), ...parsed.filter(data => !texts.has(JSON.stringify(data)))]
}

/** The values Attio sets by itself at creation: the row's id, when and by whom. */
export function creationValues(
  workspace: Workspace,
  parentId: string,
  row: { slug: 'record_id' | 'entry_id'; id: string; createdAt: string; actor: Actor; now: number },
): Values {
  const data: Record<string, Record<string, unknown>> = {
    [row.slug]: { value: row.id },
    created_at: { value: row.createdAt },
    created_by: { referenced_actor_type: row.actor.type, referenced_actor_id: row.actor.id },
  }
  const values: Values = {}
  for (const attribute of attributesOf(workspace, parentId)) {
    const own = data[attribute.slug]
    if (own !== undefined && attribute.system)
      values[attribute.id] = [{ activeFrom: row.now, activeUntil: null, actor: row.actor, data: own }]
  }
  return values
}
