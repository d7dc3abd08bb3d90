import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ConnectionDetail } from '@worksights/api-client'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '../../../api/keys.ts'
import { ProblemAlert } from '../../../components/problem-alert.tsx'
import { DeliveryPanel } from '../delivery/delivery-panel.tsx'
import { ReplayRuns } from '../replay/replay-runs.tsx'
import { ReplayTools } from '../replay/replay-tools.tsx'
import { filtersOf, isNarrowed, type LogFilters, type LogSearch } from './filters.ts'
import classes from './log.module.css'
import { LogFilterBar } from './log-filters.tsx'
import { LogTable } from './log-table.tsx'
import { viewersZone } from './times.ts'
import { useLog } from './use-log.ts'

type Props = { connection: ConnectionDetail; search: LogSearch & { delivery?: string } }

/** What Attio delivered and what became of it. For admins. */
export function ActivityLog({ connection, search }: Props) {
  const { t } = useTranslation('connections')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const connectionId = connection.id
  const filters = filtersOf(search)
  const { log, rows, lookAgain, arrived, isMoreNew, showNew } = useLog(connectionId, filters)
  const narrow = (next: LogFilters) => void navigate({ to: '.', search: { ...next, delivery: search.delivery }, resetScroll: false })
  const heading = useRef<HTMLHeadingElement>(null)
  /** Where the focus goes from a button that is not there once it was pressed. */
  const toHeading = () => heading.current?.focus({ preventScroll: true })
  const hasMore = log.hasNextPage
  const canReplay = connection.state !== 'disconnected'
  const seeNew = () => {
    showNew()
    toHeading()
  }
  const clear = () => {
    narrow({})
    toHeading()
  }
  const progressed = () => {
    void lookAgain()
    void queries.invalidateQueries({ queryKey: keys.dead(connectionId) })
  }
  return (
    <Stack component="section" gap="sm" aria-labelledby="activity-log">
      <div className={classes.head}>
        <div>
          <Title order={3} size="h5" id="activity-log" ref={heading} tabIndex={-1}>
            {t('log.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('log.about', { zone: viewersZone() })}
          </Text>
        </div>
        <div className={classes.spacer} />
        <div role="status">
          {arrived > 0 && (
            <Button size="xs" radius="xl" onClick={seeNew}>
              {isMoreNew ? t('log.newOrMore', { count: arrived }) : t('log.new', { count: arrived })}
            </Button>
          )}
        </div>
        {canReplay && <ReplayTools connection={connection} filters={filters} onBegun={toHeading} />}
      </div>
      <ReplayRuns connection={connection} onProgress={progressed} onShowDead={() => narrow({ state: ['dead'] })} />
      <LogFilterBar connectionId={connectionId} filters={filters} onChange={narrow} onClear={clear} />
      {log.isPending ? (
        <LogSkeleton />
      ) : rows.length > 0 ? (
        <LogTable rows={rows} open={search.delivery} />
      ) : log.isError ? null : (
        <Empty kind={hasMore ? 'notSoFar' : isNarrowed(filters) ? 'noMatch' : 'empty'} />
      )}
      {log.isError && <ProblemAlert error={log.error} onRetry={() => void (rows.length > 0 ? log.fetchNextPage() : log.refetch())} />}
      {log.isSuccess && (
        <div className={classes.end}>
          {hasMore ? (
            <Button variant="default" size="sm" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {t(rows.length > 0 ? 'log.more' : 'log.further')}
            </Button>
          ) : (
            rows.length > 0 && t('log.all')
          )}
        </div>
      )}
      <DeliveryPanel
        connectionId={connectionId}
        deliveryId={search.delivery}
        canReplay={canReplay}
        onClose={() => void navigate({ to: '.', search: { ...search, delivery: undefined }, resetScroll: false })}
      />
    </Stack>
  )
}

function LogSkeleton() {
  const { t } = useTranslation()
  return (
    <Stack gap={1} className={classes.log} role="status" aria-label={t('loading')} p={12}>
      {Array.from({ length: 10 }, (_, place) => (
        <Skeleton key={place} height={24} my={8} />
      ))}
    </Stack>
  )
}

function Empty({ kind }: { kind: 'empty' | 'noMatch' | 'notSoFar' }) {
  const { t } = useTranslation('connections')
  return (
    <div className={`${classes.log} ${classes.empty}`}>
      <Text fw={600}>{t(`log.${kind}.title`)}</Text>
      <Text size="sm" c="dimmed">
        {t(`log.${kind}.detail`)}
      </Text>
    </div>
  )
}
