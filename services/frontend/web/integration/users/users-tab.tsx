import { Button, NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/context.tsx'
import { useMe } from '../../api/me.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { connectionsQuery } from '../connections/queries.ts'
import { useTabTitle } from '../tab-title.ts'
import { MemberSummary } from './member-summary.tsx'
import { type MemberState, stateOf } from './members.ts'
import { MembersSkeleton } from './members-skeleton.tsx'
import { MembersTable } from './members-table.tsx'
import { useMembers } from './use-members.ts'
import classes from './users-tab.module.css'

/** Attio members, who they are here, and what is hidden until that is known. */
export function UsersTab() {
  const { t } = useTranslation('users')
  useTabTitle('users')
  const { isAdmin } = useMe()
  const search = useSearch({ from: '/integrations/attio/users' })
  const state = stateOf(search.state)
  const connection = search.connection || undefined
  const { data, error, isPending, isPlaceholderData, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useMembers({
    state,
    connection,
  })
  const workspaces = useQuery(connectionsQuery(useApi())).data?.data ?? []
  const region = useRef<HTMLElement>(null)
  const onSettled = useFocusKept(region)
  const members = data?.pages.flatMap(page => page.data) ?? []
  return (
    <section ref={region} tabIndex={-1} className={classes.tab} aria-label={t('caption')}>
      <Text size="sm" c="dimmed" maw={760}>
        {t('intro')} {t('synced')}
      </Text>
      {workspaces.length > 1 && <WorkspaceChoice chosen={connection} state={state} workspaces={workspaces} />}
      {(data || !error) && <MemberSummary counts={data?.pages[0]?.counts} connection={connection} />}
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <MembersSkeleton />
      ) : members.length === 0 ? (
        <NoMembers state={state} isPlaceholder={isPlaceholderData} />
      ) : (
        <MembersTable
          members={members}
          severalWorkspaces={workspaces.length > 1 && !connection}
          isAdmin={isAdmin}
          isStale={isPlaceholderData}
          onSettled={onSettled}
        />
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()} className={classes.more}>
          {t('more', { ns: 'shared' })}
        </Button>
      )}
    </section>
  )
}

function WorkspaceChoice({
  chosen,
  state,
  workspaces,
}: {
  chosen: string | undefined
  state: MemberState | undefined
  workspaces: readonly { id: string; workspace: { name: string } }[]
}) {
  const { t } = useTranslation('users')
  const navigate = useNavigate({ from: '/integrations/attio/users' })
  return (
    <NativeSelect
      label={t('workspace')}
      value={chosen ?? ''}
      onChange={event => void navigate({ search: { state, connection: event.currentTarget.value || undefined } })}
      data={[{ value: '', label: t('everyWorkspace') }, ...workspaces.map(({ id, workspace }) => ({ value: id, label: workspace.name }))]}
      maw={320}
    />
  )
}

function NoMembers({ state, isPlaceholder }: { state: MemberState | undefined; isPlaceholder: boolean }) {
  const { t } = useTranslation('users')
  if (isPlaceholder) return <MembersSkeleton />
  return (
    <div className={classes.empty}>
      <Text fw={600}>{state ? t(`noMatch.${state}`) : t('empty.title')}</Text>
      {!state && <Text c="dimmed">{t('empty.detail')}</Text>}
      {state ? (
        <Button component={Link} to="/integrations/attio/users" variant="default">
          {t('showAll')}
        </Button>
      ) : (
        <Button component={Link} to="/integrations/attio" variant="default">
          {t('empty.connect')}
        </Button>
      )}
    </div>
  )
}

/** Gives the focus to `region` where it was in a row that left the list by the change. Returns what is to be called after a change. */
function useFocusKept(region: RefObject<HTMLElement | null>): () => void {
  const isWatching = useRef(false)
  const keep = () => {
    if (document.activeElement === document.body) region.current?.focus({ preventScroll: true })
  }
  // The row goes with one of the next renderings, or went already.
  useEffect(() => {
    if (!isWatching.current) return
    isWatching.current = false
    keep()
  })
  return () => {
    isWatching.current = true
    keep()
  }
}
