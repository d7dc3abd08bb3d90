import { VisuallyHidden } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../components/problem-alert.tsx'
import { usePageTitle } from '../components/use-page-title.ts'

/** In place of a page that threw: of a part of the app that could not be loaded, or of a fault of ours. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  usePageTitle(t('broken.title'))
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <>
      <VisuallyHidden component="h1">{t('broken.title')}</VisuallyHidden>
      <ProblemAlert error={error} onRetry={again} />
    </>
  )
}
