import type { Route } from '../http/define-route.ts'
import { attioCallback } from './attio-callback.ts'
import { authorizeAttio } from './authorize-attio.ts'
import { getActivity } from './get-activity.ts'
import { getMe } from './get-me.ts'
import { getTimeline } from './get-timeline.ts'
import { listAudit } from './list-audit.ts'
import { listConnectionsRoute } from './list-connections.ts'
import { listUsersRoute } from './list-users.ts'
import { streamTimeline } from './stream-timeline.ts'
import { upsertUsersRoute } from './upsert-users.ts'

/** Everything this service answers under /v1; the first that fits a path takes it. */
export const routes: readonly Route[] = [
  getMe,
  getTimeline,
  streamTimeline,
  getActivity,
  listUsersRoute,
  upsertUsersRoute,
  authorizeAttio,
  attioCallback,
  listConnectionsRoute,
  listAudit,
]
