import { Router } from 'express'
import type { FaultStore } from '../../faults/store.ts'
import { routeTable, type Serve } from '../route.ts'
import { attributeRoutes } from './attributes.ts'
import { entryRoutes } from './entries.ts'
import { memberRoutes } from './members.ts'
import { objectRoutes } from './objects.ts'
import { recordRoutes, searchRoutes } from './records.ts'
import { valueRoutes } from './values.ts'
import { webhookRoutes } from './webhooks.ts'

/** All of `/v2` but `/self`, let in and answered as `serve` says. */
export function v2Router(serve: Serve, faults: FaultStore, targets: 'https' | 'any'): Router {
  const router = Router()
  const routes = routeTable(router, serve)
  searchRoutes(routes)
  recordRoutes(routes)
  objectRoutes(routes)
  attributeRoutes(routes)
  valueRoutes(routes)
  entryRoutes(routes)
  memberRoutes(routes)
  webhookRoutes(routes, faults, targets)
  return router
}
