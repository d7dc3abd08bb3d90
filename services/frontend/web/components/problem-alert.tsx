import { Alert, Button, Code, Group, List, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isUnanswered, problemOf } from '../api/answers.ts'

type Props = {
  error: unknown
  onRetry?: (() => void) | undefined
  /** Another way on than to try again. */
  action?: { label: string; run: () => void } | undefined
}

/** What failed, what to do, and the request id for whoever helps. */
export function ProblemAlert({ error, onRetry, action }: Props) {
  const { t } = useTranslation()
  const problem = problemOf(error)
  const said =
    problem ??
    (isUnanswered(error)
      ? { title: t('offline.title'), detail: t('offline.detail') }
      : { title: t('broken.title'), detail: t('broken.detail') })
  return (
    <Alert role="alert" variant="light" color="red" icon={<IconAlertTriangle />} title={said.title}>
      <Text size="sm">{said.detail}</Text>
      {problem?.errors && (
        <List size="sm" mt="xs">
          {problem.errors.map(({ path, message }) => (
            <List.Item key={`${path} ${message}`}>
              <Code>{path}</Code> {message}
            </List.Item>
          ))}
        </List>
      )}
      {(onRetry || action) && (
        <Group mt="sm" gap="xs">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {action && (
            <Button size="xs" variant="default" onClick={action.run}>
              {action.label}
            </Button>
          )}
        </Group>
      )}
      {problem?.request_id && (
        <Text size="xs" mt="sm">
          {t('requestId')}: <Code>{problem.request_id}</Code>
        </Text>
      )}
    </Alert>
  )
}
