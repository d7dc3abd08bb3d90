import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import type { Feed, FeedState } from './feed.ts'
import { LineSkeletons } from './line-skeletons.tsx'

/** Below the last line: older ones, or that there are none. */
export function ListFoot({ feed, state, isFiltered }: { feed: Feed; state: FeedState; isFiltered: boolean }) {
  const { t } = useTranslation('timeline')
  const { next, older, error } = state
  if (next === null) return <p>{t(isFiltered ? 'end.filtered' : 'end.all')}</p>
  if (older === 'failed') return <ProblemAlert error={error?.cause} onRetry={() => void feed.readOlder()} />
  if (older === 'loading') return <LineSkeletons count={3} />
  return (
    <Button variant="default" onClick={() => void feed.readOlder()}>
      {t('older')}
    </Button>
  )
}
