import { Stack, Title } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../components/problem-alert.tsx'
import { usePageTitle } from '../components/use-page-title.ts'
import { ExportButton } from './export-button.tsx'
import { TimelineFilters } from './filters/timeline-filters.tsx'
import { FeedTrouble } from './list/feed-trouble.tsx'
import { FollowedLines } from './list/followed-lines.tsx'
import { LineSkeletons } from './list/line-skeletons.tsx'
import { LiveState } from './list/live-state.tsx'
import { useFeed } from './list/use-feed.ts'
import { TimelineNotices } from './notices/timeline-notices.tsx'
import { ActivityPicture } from './picture/activity-picture.tsx'
import { clearFilters, type TimelineFilters as Filters, hasFilters, toQuery, viewerZone } from './query.ts'
import classes from './timeline-page.module.css'

const route = getRouteApi('/timeline')

export function TimelinePage() {
  const { t } = useTranslation(['timeline', 'filters'])
  usePageTitle(t('title'))
  const filters = route.useSearch()
  const navigate = useNavigate({ from: '/timeline' })
  const onChange = (search: Filters, { replace = false } = {}) => void navigate({ search, replace, resetScroll: false })
  const query = useMemo(() => toQuery(filters, viewerZone()), [filters])
  const opened = useFeed(query)
  const heading = useRef<HTMLHeadingElement>(null)
  const above = useRef<HTMLDivElement>(null)
  const clear = () => onChange(clearFilters())
  const isFiltered = hasFilters(filters)

  return (
    <>
      <div ref={above}>
        <Stack gap="md">
          <div className={classes.heading}>
            <Title order={1} size="h3" ref={heading} tabIndex={-1} className={classes.title}>
              {t('title')}
            </Title>
            {opened.data && <LiveState feed={opened.data} />}
            <div className={classes.tools}>
              <ExportButton filters={filters} />
            </div>
          </div>
          <TimelineNotices />
          <TimelineFilters filters={filters} onChange={onChange} />
          <ActivityPicture filters={filters} onChange={onChange} />
          {opened.data && <FeedTrouble feed={opened.data} />}
        </Stack>
      </div>
      {opened.isError ? (
        <div className={classes.failed}>
          <ProblemAlert
            error={opened.error}
            onRetry={() => void opened.refetch()}
            action={isFiltered ? { label: t('filters:clear'), run: clear } : undefined}
          />
        </div>
      ) : opened.data ? (
        <div className={classes.lines} data-old={opened.isPlaceholderData || undefined}>
          <FollowedLines key={opened.data.key} feed={opened.data} filters={filters} above={above} before={heading} onClear={clear} />
        </div>
      ) : (
        <LineSkeletons count={10} />
      )}
    </>
  )
}
