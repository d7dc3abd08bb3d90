import { lastScenes, overviewScenes } from './integration.ts'
import { connectionsScenes, usersScenes } from './people-and-log.ts'
import type { Scene } from './scene.ts'
import { signingInScenes } from './signing-in.ts'
import { timelineScenes } from './timeline.ts'

/** Each is seen by a visitor of its own, after the demonstration day, in this order. */
export const scenes: Scene[] = [
  ...timelineScenes,
  ...signingInScenes,
  ...usersScenes,
  ...connectionsScenes,
  ...overviewScenes,
  ...lastScenes,
]
