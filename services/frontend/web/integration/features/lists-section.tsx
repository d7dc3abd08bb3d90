import { Alert, Skeleton, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { Lists } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { RunProgress } from '../runs/run-progress.tsx'
import { useRun } from '../runs/use-run.ts'
import { isPrivate, type ListChange, listsOf } from './lists.ts'
import classes from './lists-section.module.css'
import { ListsTable } from './lists-table.tsx'
import { ShownSwitch } from './shown-switch.tsx'
import { useLists, useShowLists } from './use-lists.ts'

/** Which lists are shown, with what it means to show a private one. */
export function ListsSection({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useTranslation('features')
  const { data, error, refetch } = useLists()
  const { change, run } = useShowLists()
  return (
    <section aria-labelledby="lists" className={classes.section}>
      <Title order={2} size="h4" id="lists">
        {t('lists')}
      </Title>
      <Text size="sm" c="dimmed" maw={760} mt={4} mb="md">
        {t('listsIntro')}
      </Text>
      {isAdmin && data?.data.some(isPrivate) && (
        <Alert role="note" variant="light" color="yellow" icon={<IconLock aria-hidden="true" />} mb="md">
          {t('warning')}
        </Alert>
      )}
      <Replay id={run} />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton height={220} />
      ) : data.connections.length === 0 ? (
        <Text c="dimmed">{t('noLists')}</Text>
      ) : (
        data.connections.map(connection => (
          <WorkspaceLists key={connection.id} lists={data} connection={connection} isAdmin={isAdmin} onChange={change} />
        ))
      )}
    </section>
  )
}

function WorkspaceLists({
  lists,
  connection,
  isAdmin,
  onChange,
}: {
  lists: Lists
  connection: Lists['connections'][number]
  isAdmin: boolean
  onChange: (change: ListChange) => void
}) {
  const { t } = useTranslation('features')
  const name = t('listsOf', { workspace: connection.workspace_name })
  const own = listsOf(lists, connection.id)
  return (
    <div className={classes.workspace}>
      {lists.connections.length > 1 && (
        <Title order={3} size="h5">
          {name}
        </Title>
      )}
      <ShownSwitch
        checked={connection.private_lists_shown}
        onChange={event => onChange({ connection, shown: event.currentTarget.checked })}
        disabled={!isAdmin}
        label={t('allPrivate')}
        description={t('allPrivateHint')}
        {...(lists.connections.length > 1 && { 'aria-label': `${t('allPrivate')}: ${connection.workspace_name}` })}
      />
      {own.length > 0 ? (
        <ListsTable caption={name} lists={own} isAdmin={isAdmin} onChange={onChange} />
      ) : (
        <Text c="dimmed">{t('noLists')}</Text>
      )}
    </div>
  )
}

/** What was withheld being worked again, until it is done. */
function Replay({ id }: { id: string | null }) {
  const { run, error, retry } = useRun(id)
  if (id === null) return null
  if (error) return <ProblemAlert error={error} onRetry={retry} />
  return run ? (
    <div className={classes.run}>
      <RunProgress run={run} />
    </div>
  ) : null
}
