import { Skeleton, Text, Title, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { useTabTitle } from '../tab-title.ts'
import { FeatureRow } from './feature-row.tsx'
import classes from './features-tab.module.css'
import { ListsSection } from './lists-section.tsx'
import { useFeatures, useSwitchFeature } from './use-features.ts'

/** What is shown of what Attio sends: by area, and by list where a list is private. */
export function FeaturesTab() {
  const { t } = useTranslation('features')
  useTabTitle('features')
  const { isAdmin } = useMe()
  const { data, error, refetch } = useFeatures()
  const { mutate } = useSwitchFeature()
  const isPending = !data && !error
  return (
    <div className={classes.tab}>
      <section aria-labelledby="areas">
        <Title order={2} size="h4" id="areas">
          {t('areas')}
        </Title>
        {isPending ? (
          <Skeleton className={classes.introGhost} />
        ) : (
          <Text size="sm" c="dimmed" maw={760} mt={4} mb="md">
            {t('areasIntro')} {data?.note} {!isAdmin && t('adminsOnly')}
          </Text>
        )}
        {error ? (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        ) : (
          <ul key={data ? 'rows' : 'ghosts'} className={classes.frame}>
            {data
              ? data.data.map(feature => (
                  <FeatureRow key={feature.area} feature={feature} isAdmin={isAdmin} onSwitch={() => mutate(feature)} />
                ))
              : ['crm', 'deals', 'tasks', 'notes', 'calls'].map(area => (
                  <li key={area} className={classes.ghost}>
                    <Skeleton height={20} width={42} radius="xl" />
                    <Skeleton height={14} width="60%" />
                  </li>
                ))}
          </ul>
        )}
        {isPending && <VisuallyHidden role="status">{t('loading', { ns: 'shared' })}</VisuallyHidden>}
      </section>
      {/* Asked for already, and shown where it stays. */}
      <div hidden={isPending}>
        <ListsSection isAdmin={isAdmin} />
      </div>
    </div>
  )
}
