import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '../world/random.ts'
import type { Actor, Member } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'
import type { World } from '../world/world.ts'
import type { WriteContext } from '../writes/context.ts'

/** One action of a scenario, told so that a caller can look for it. */
export interface Step {
  /** Stable name of the action. */
  step: string
  at: string
  actor: Actor
  actor_email: string | null
  event_types: string[]
  ids: Record<string, string>
}

/** The parts of the day's cast, by their place among the members: a smaller team doubles up. */
const roles = { ada: 0, grace: 1, katherine: 2, edsger: 3, mary: 4 } as const
export type Role = keyof typeof roles

export interface Play {
  workspace: Workspace
  random: Random
  /** Distinguishes this play where Attio wants something unique. */
  suffix: string
  memberId(role: Role): string
  /** Does one action as somebody, notes its events, and waits for the pace. */
  step<T extends Record<string, string>>(name: string, who: Role | Actor, act: (context: WriteContext) => T): Promise<T>
  steps: Step[]
}

export function createPlay(world: World, workspace: Workspace, seed: string, suffix: string, paceMs: number, stopped: AbortSignal): Play {
  const steps: Step[] = []
  const members = workspace.members.all()
  const cast = (role: Role): Member => {
    const member = members[roles[role] % members.length]
    if (member === undefined) throw new Error(`Workspace "${workspace.slug}" has no members to play with.`)
    return member
  }
  return {
    workspace,
    random: createRandom(seed),
    suffix,
    memberId: role => cast(role).id,
    steps,
    async step(name, who, act) {
      const member = typeof who === 'string' ? cast(who) : null
      const actor: Actor = typeof who === 'string' ? { type: 'workspace-member', id: cast(who).id } : who
      const types: string[] = []
      const at = new Date(world.clock()).toISOString()
      const ids = act(world.context(workspace, actor, { heard: event => void types.push(event.event_type) }))
      steps.push({ step: name, at, actor, actor_email: member?.email ?? null, event_types: types, ids })
      if (paceMs > 0) await sleep(paceMs, undefined, { signal: stopped })
      else await breathe(undefined, { signal: stopped })
      return ids
    },
  }
}

/** Ids of rows as a step tells them. */
export const idsOf = {
  record: (record: { id: string; objectId: string }) => ({ object_id: record.objectId, record_id: record.id }),
  entry: (entry: { id: string; listId: string; recordId: string }) => ({
    list_id: entry.listId,
    entry_id: entry.id,
    record_id: entry.recordId,
  }),
  note: (note: { id: string; recordId: string }) => ({ note_id: note.id, record_id: note.recordId }),
  task: (task: { id: string }) => ({ task_id: task.id }),
  comment: (comment: { id: string; recordId: string }) => ({ comment_id: comment.id, record_id: comment.recordId }),
}

/** A row that was there a step ago: whoever took it away meanwhile broke the play. */
export function still<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new Error(`${what} disappeared during the play.`)
  return row
}
