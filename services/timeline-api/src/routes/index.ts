import type { Route } from '../http/define-route.ts'
import { attioCallback } from './attio-callback.ts'
import { authorizeAttio } from './authorize-attio.ts'
import { getMe } from './get-me.ts'
import { getTimeline } from './get-timeline.ts'
import { streamTimeline } from './stream-timeline.ts'

/** Everything this service answers under /v1. */
export const routes: readonly Route[] = [getMe, getTimeline, streamTimeline, authorizeAttio, attioCallback]
