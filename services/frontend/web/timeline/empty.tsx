import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { TimelineFilters } from './query.ts'

const EmptyState = lazy(() => import('./empty-state.tsx'))

/** Why there are no lines, and what to do; loaded where there are none. */
export function TimelineEmpty(props: { filters: TimelineFilters; onClear: () => void }) {
  return (
    <Suspense fallback={<Skeleton height={280} mt="md" />}>
      <EmptyState {...props} />
    </Suspense>
  )
}
