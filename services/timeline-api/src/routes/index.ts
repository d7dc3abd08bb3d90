import type { NamedRoute, Route } from '../http/define-route.ts'
import { attioCallback } from './attio-callback.ts'
import { authorizeAttio } from './authorize-attio.ts'
import { changeUserRoute } from './change-user.ts'
import { createExportTicket } from './create-export-ticket.ts'
import { disconnectConnection } from './disconnect-connection.ts'
import { downloadExport } from './download-export.ts'
import { exportTimeline } from './export-timeline.ts'
import { findRecordsRoute } from './find-records.ts'
import { getActivity } from './get-activity.ts'
import { getConnection } from './get-connection.ts'
import { getDelivery } from './get-delivery.ts'
import { getFilters } from './get-filters.ts'
import { getMe } from './get-me.ts'
import { getOverview } from './get-overview.ts'
import { getRun } from './get-run.ts'
import { getSummary } from './get-summary.ts'
import { getTimeline } from './get-timeline.ts'
import { listAudit } from './list-audit.ts'
import { listConnectionsRoute } from './list-connections.ts'
import { listDeliveries } from './list-deliveries.ts'
import { listFeaturesRoute } from './list-features.ts'
import { listGaps } from './list-gaps.ts'
import { listListsRoute } from './list-lists.ts'
import { listMembersRoute } from './list-members.ts'
import { listUsersRoute } from './list-users.ts'
import { mapMemberRoute } from './map-member.ts'
import { refreshConnection } from './refresh-connection.ts'
import { replayDeliveriesRoute } from './replay-deliveries.ts'
import { replayDeliveryRoute } from './replay-delivery.ts'
import { showListRoute } from './show-list.ts'
import { showPrivateListsRoute } from './show-private-lists.ts'
import { streamRun } from './stream-run.ts'
import { streamTimeline } from './stream-timeline.ts'
import { switchFeatureRoute } from './switch-feature.ts'
import { upsertUsersRoute } from './upsert-users.ts'

/** Everything this service answers under /v1; the first that fits a path takes it. */
export const routes: readonly NamedRoute[] = named({
  getMe,
  getTimeline,
  streamTimeline,
  exportTimeline,
  createExportTicket,
  downloadExport,
  getSummary,
  getFilters,
  findRecordsRoute,
  listGaps,
  getActivity,
  listUsersRoute,
  upsertUsersRoute,
  changeUserRoute,
  authorizeAttio,
  attioCallback,
  getOverview,
  listConnectionsRoute,
  getConnection,
  refreshConnection,
  listDeliveries,
  getDelivery,
  replayDeliveryRoute,
  replayDeliveriesRoute,
  disconnectConnection,
  getRun,
  streamRun,
  listMembersRoute,
  mapMemberRoute,
  listFeaturesRoute,
  switchFeatureRoute,
  listListsRoute,
  showPrivateListsRoute,
  showListRoute,
  listAudit,
})

/** Names each route by what its file calls it: `listUsersRoute` is the operation `listUsers`. */
function named(all: Record<string, Route>): NamedRoute[] {
  return Object.entries(all).map(([name, route]) => ({ ...route, operationId: name.replace(/Route$/, '') }))
}
