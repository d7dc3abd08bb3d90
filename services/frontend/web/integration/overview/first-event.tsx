import { Alert, Button, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconRadar2 } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Activity, Connection } from '@worksights/api-client'
import { Fragment, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { PersonAvatar } from '../../components/person-avatar.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import classes from './first-event.module.css'
import { overviewQuery } from './queries.ts'

const lookEveryMs = 3_000

/** After connecting: waits live for the first event, and shows what came of it. */
export function FirstEvent({ connection, onDismiss }: { connection: Connection; onDismiss: () => void }) {
  const { t } = useTranslation('overview')
  const { id, workspace, last_event_at, state_since } = connection
  // Both are the server's times. One that was connected before has events of then.
  const hasCome = last_event_at !== null && last_event_at >= state_since
  const line = useFirstLine(connection, hasCome)
  // A line is streamed before the overview is read again.
  const isThere = hasCome || line !== null
  const works = connection.state === 'connected' || connection.state === 'degraded'
  useOverviewEvery(lookEveryMs, !isThere && works)
  // What else there is to say stands with the connection.
  if (!works) return null
  return (
    <Alert
      role="status"
      variant="light"
      color="teal"
      icon={<IconCircleCheck aria-hidden="true" />}
      title={t('first.connected', { workspace: workspace.name })}
    >
      {isThere ? (
        <div className={classes.came}>
          <Text size="sm">{t(line ? 'first.came' : 'first.cameWithoutLine')}</Text>
          {line && <FirstLine line={line} />}
        </div>
      ) : (
        <p className={classes.waiting}>
          <IconRadar2 size={18} className={classes.radar} aria-hidden="true" />
          {t('first.waiting')}
        </p>
      )}
      <Group mt="sm" gap="xs">
        {isThere && (
          <Button size="xs" variant="default" renderRoot={props => <Link to="/timeline" search={{ connection: [id] }} {...props} />}>
            {t('first.timeline')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDismiss}>
          {t('dismiss')}
        </Button>
      </Group>
    </Alert>
  )
}

function FirstLine({ line: { id, actor, breadcrumb, detail, occurred_at } }: { line: Activity }) {
  const name = actor.user?.name ?? actor.name
  return (
    <div className={classes.line}>
      <PersonAvatar name={name} url={actor.avatar_url} size={32} />
      <div>
        <Link to="/activities/$activityId" params={{ activityId: id }} className={classes.title}>
          {breadcrumb.join(' > ')}
        </Link>
        <Text size="sm" c="dimmed">
          {[name, detail].filter(Boolean).map(words => (
            <Fragment key={words}>
              <bdi>{words}</bdi> ·{' '}
            </Fragment>
          ))}
          <RelativeTime iso={occurred_at} />
        </Text>
      </div>
    </div>
  )
}

/** The first line a connection brought: from the stream, as it comes; where it was made before this page looked, from the timeline. */
function useFirstLine({ id, state_since }: Connection, hasCome: boolean): Activity | null {
  const api = useApi()
  const queries = useQueryClient()
  const [streamed, setStreamed] = useState<Activity | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const onEvent: Parameters<typeof api.streamTimeline>[0]['onEvent'] = event => {
      if (event.type !== 'activity') return
      // Later changes of the same line are taken over: a name that was missing mends itself.
      setStreamed(before => (before === null || before.id === event.line.id ? event.line : before))
      for (const queryKey of [keys.overview, keys.connection(id)]) void queries.invalidateQueries({ queryKey })
    }
    // Without the stream the overview still tells that something came.
    api.streamTimeline({ filters: { connection: [id] }, signal, onEvent }).catch(() => undefined)
    return () => leaving.abort()
  }, [api, id, queries])
  const read = useQuery({
    queryKey: [...keys.timeline, 'first', id],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/timeline', { params: { query: { connection: [id], limit: 1 } }, signal })),
    enabled: hasCome && streamed === null,
  })
  const newest = read.data?.data[0]
  return streamed ?? (newest && newest.updated_at >= state_since ? newest : null)
}

/** Reads the overview more often than by itself, while `enabled`. */
function useOverviewEvery(ms: number, enabled: boolean): void {
  useQuery({ ...overviewQuery(useApi()), refetchInterval: enabled ? ms : false })
}
