import { Router } from 'express'
import type { FaultStore } from '../../faults/store.ts'
import { routeTable, type Serve } from '../route.ts'
import { attributeRoutes } from './attributes.ts'
import { commentRoutes } from './comments.ts'
import { entryRoutes } from './entries.ts'
import { listRoutes } from './lists.ts'
import { callRecordingRoutes, meetingRoutes } from './meetings.ts'
import { memberRoutes } from './members.ts'
import { mergeRoutes } from './merge.ts'
import { noteRoutes } from './notes.ts'
import { objectRoutes } from './objects.ts'
import { recordRoutes, searchRoutes } from './records.ts'
import { taskRoutes } from './tasks.ts'
import { valueRoutes } from './values.ts'
import { webhookRoutes } from './webhooks.ts'

/** All of `/v2` but `/self`, let in and answered as `serve` says. */
export function v2Router(serve: Serve, faults: FaultStore, targets: 'https' | 'any'): Router {
  const router = Router()
  const routes = routeTable(router, serve)
  searchRoutes(routes)
  mergeRoutes(routes)
  recordRoutes(routes)
  objectRoutes(routes)
  attributeRoutes(routes)
  valueRoutes(routes)
  entryRoutes(routes)
  listRoutes(routes)
  memberRoutes(routes)
  noteRoutes(routes)
  taskRoutes(routes)
  commentRoutes(routes)
  meetingRoutes(routes)
  callRecordingRoutes(routes)
  webhookRoutes(routes, faults, targets)
  return router
}
