import { Button, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../api/answers.ts'
import { useApi } from '../api/context.tsx'
import { keys } from '../api/keys.ts'
import { ProblemAlert } from '../components/problem-alert.tsx'
import { exactTime } from '../components/relative-time.tsx'
import { usePageTitle } from '../components/use-page-title.ts'
import classes from './activity-page.module.css'
import Details from './line/details.tsx'
import { Line } from './line/line.tsx'
import { LineSkeletons } from './list/line-skeletons.tsx'
import { useActivity } from './use-activity.ts'

const route = getRouteApi('/activities/$activityId')

/** One line, opened: what a link to it leads to. */
export function ActivityPage() {
  const { t } = useTranslation('timeline')
  const { activityId } = route.useParams()
  const activity = useActivity(activityId)
  usePageTitle(activity.data?.summary ?? t('one.title'))
  useFollowedActivity(activityId, activity.data?.subject.id)
  return (
    <Stack gap="md">
      <Link to="/timeline" className={classes.back}>
        <IconArrowLeft size={16} stroke={1.8} aria-hidden="true" />
        {t('one.back')}
      </Link>
      {activity.data ? (
        <>
          <div>
            <Title order={1} size="h3">
              {activity.data.summary}
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              {exactTime(activity.data.occurred_at)}
            </Text>
          </div>
          {activity.data.redirected_from && <p className={classes.joined}>{t('one.joined')}</p>}
          <article className={classes.line} aria-label={activity.data.summary}>
            <Line line={activity.data} />
            <Details line={activity.data} events={activity.data.events} />
          </article>
        </>
      ) : problemOf(activity.error)?.status === 404 ? (
        <Gone />
      ) : (
        <>
          <VisuallyHidden component="h1">{t('one.title')}</VisuallyHidden>
          {activity.isError ? <ProblemAlert error={activity.error} onRetry={() => void activity.refetch()} /> : <LineSkeletons count={3} />}
        </>
      )}
    </Stack>
  )
}

function Gone() {
  const { t } = useTranslation(['timeline', 'shell'])
  return (
    <Stack align="flex-start" py={32}>
      <Title order={1} size="h3">
        {t('one.gone')}
      </Title>
      <Text c="dimmed">{t('one.goneDetail')}</Text>
      <Button component={Link} to="/timeline">
        {t('shell:notFound.back')}
      </Button>
    </Stack>
  )
}

/** Reads the line again when the stream tells of something about its subject. */
function useFollowedActivity(id: string, subject: string | undefined): void {
  const api = useApi()
  const queries = useQueryClient()
  useEffect(() => {
    if (subject === undefined) return
    const leaving = new AbortController()
    const readAgain = () => void queries.invalidateQueries({ queryKey: keys.activity(id) })
    const following = api.streamTimeline({ filters: { subject: [subject] }, signal: leaving.signal, onEvent: readAgain })
    // Where it cannot be followed, what was read stays: it has said all there was.
    following.catch(() => undefined)
    return () => leaving.abort()
  }, [api, queries, id, subject])
}
