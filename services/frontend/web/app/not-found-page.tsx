import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../components/use-page-title.ts'

export function NotFoundPage() {
  const { t } = useTranslation('shell')
  usePageTitle(t('notFound.title'))
  return (
    <Stack align="flex-start" py={64}>
      <Title order={1} size="h3">
        {t('notFound.title')}
      </Title>
      <Text c="dimmed">{t('notFound.detail')}</Text>
      <Button component={Link} to="/timeline">
        {t('notFound.back')}
      </Button>
    </Stack>
  )
}
