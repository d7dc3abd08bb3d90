import { VisuallyHidden } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../api/answers.ts'
import { isMissing } from '../components/late.tsx'
import { MissingAlert } from '../components/missing-part.tsx'
import { ProblemAlert } from '../components/problem-alert.tsx'
import { usePageTitle } from '../components/use-page-title.ts'
import { QuietPage } from '../sign-in/quiet-page.tsx'

/** In place of a page that threw: of a part of the app that could not be loaded, or of a fault of ours. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const missing = isMissing(error)
  const title = missing ? t('missing.title') : t('broken.title')
  usePageTitle(title)
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      {missing ? (
        <MissingAlert />
      ) : (
        // Whatever else it is, it is not the network.
        <ProblemAlert error={problemOf(error) && error} onRetry={again} />
      )}
    </>
  )
}

/** In place of everything, where what is around the pages threw. */
export function BrokenApp() {
  const { t } = useTranslation()
  return <QuietPage title={t('broken.title')} detail={t('broken.detail')} action={{ label: t('retry'), run: () => location.reload() }} />
}
