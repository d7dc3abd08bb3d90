import type { FaultStore } from '../faults/store.ts'
import type { Dispatch } from '../webhooks/dispatch.ts'
import type { WriteContext } from '../writes/context.ts'
import type { AttioEvent } from './events.ts'
import type { Actor } from './types.ts'
import type { Workspace } from './workspace.ts'

/** All workspaces, and the one way to write to any of them. */
export interface World {
  readonly workspaces: Workspace[]
  find(slugOrId: string): Workspace | undefined
  add(workspace: Workspace): void
  /** The app that tokens are given to: the actor of what is written with one. */
  readonly appActor: Actor
  /** A writer for one actor. `silent` tells no webhook; `heard` also gets each event. */
  context(workspace: Workspace, actor: Actor, how?: { silent?: boolean; heard?: (event: AttioEvent) => void }): WriteContext
  clock(): number
  close(): void
}

export function createWorld(dependencies: { faults: FaultStore; dispatch: Dispatch; clock: () => number; appId: string }): World {
  const { faults, dispatch, clock } = dependencies
  const workspaces: Workspace[] = []
  const timers = new Set<NodeJS.Timeout>()

  return {
    workspaces,
    find: slugOrId => workspaces.find(workspace => workspace.slug === slugOrId || workspace.id === slugOrId),
    add: workspace => void workspaces.push(workspace),
    appActor: { type: 'app', id: dependencies.appId },
    context: (workspace, actor, { silent = false, heard } = {}) => ({
      workspace,
      actor,
      now: clock,
      emit(event) {
        if (silent) return
        heard?.(event)
        dispatch.emit(workspace, event)
      },
      faults: faults.of(workspace.slug),
      later(ms, run) {
        const timer = setTimeout(() => {
          timers.delete(timer)
          run()
        }, ms)
        timers.add(timer)
      },
    }),
    clock,
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
