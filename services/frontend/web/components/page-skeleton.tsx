import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** While a page's code or the person's rights are on their way. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Skeleton height={36} width={220} />
      <Skeleton height={88} />
      <Skeleton height={320} />
    </Stack>
  )
}
