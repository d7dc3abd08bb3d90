import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { timelineFilters } from '../timeline/query.ts'
import { BrokenApp, FailedPage } from './failed-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { listParam, parseSearch, stringifySearch, textParam } from './search-params.ts'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: BrokenApp })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/timeline', replace: true })
  },
})

const timeline = createRoute({
  getParentRoute: () => root,
  path: '/timeline',
  validateSearch: timelineFilters,
  component: lazyRouteComponent(() => import('../timeline/timeline-page.tsx'), 'TimelinePage'),
})

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activities/$activityId',
  component: lazyRouteComponent(() => import('../timeline/activity-page.tsx'), 'ActivityPage'),
})

const integration = createRoute({
  getParentRoute: () => root,
  path: '/integrations/attio',
  component: lazyRouteComponent(() => import('../integration/integration-page.tsx'), 'IntegrationPage'),
})

const overview = createRoute({
  getParentRoute: () => integration,
  path: '/',
  // What the API's OAuth callback comes back with.
  validateSearch: z.object({ connected: textParam, error: textParam }),
  component: lazyRouteComponent(() => import('../integration/overview/overview-tab.tsx'), 'OverviewTab'),
})

const users = createRoute({
  getParentRoute: () => integration,
  path: '/users',
  validateSearch: z.object({ state: textParam, connection: textParam }),
  component: lazyRouteComponent(() => import('../integration/users/users-tab.tsx'), 'UsersTab'),
})

const features = createRoute({
  getParentRoute: () => integration,
  path: '/features',
  component: lazyRouteComponent(() => import('../integration/features/features-tab.tsx'), 'FeaturesTab'),
})

const connections = createRoute({
  getParentRoute: () => integration,
  path: '/connections',
  component: lazyRouteComponent(() => import('../integration/connections/connections-tab.tsx'), 'ConnectionsTab'),
})

const connection = createRoute({
  getParentRoute: () => integration,
  path: '/connections/$connectionId',
  // `delivery` is the one that is open beside the log.
  validateSearch: z.object({ state: listParam, event_type: listParam, from: textParam, to: textParam, delivery: textParam }),
  component: lazyRouteComponent(() => import('../integration/connections/connection-page.tsx'), 'ConnectionPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, timeline, activity, integration.addChildren([overview, users, features, connections, connection])]),
  parseSearch,
  stringifySearch,
  // Within the page that is around it, so that there is a way on.
  defaultErrorComponent: FailedPage,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

export type { TimelineFilters } from '../timeline/query.ts'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
