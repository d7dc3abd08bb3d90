import { Skeleton } from '@mantine/core'
import { late } from '../components/late.tsx'

/** Why there are no lines, and what to do; loaded where there are none. */
export const TimelineEmpty = late(() => import('./empty-state.tsx'), <Skeleton height={280} mt="md" />)
