import { Anchor, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { type RefObject, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/context.tsx'
import { meQuery } from '../api/me.ts'
import { late } from '../components/late.tsx'
import { LazyMenu } from '../components/lazy-menu.tsx'
import { MissingPart } from '../components/missing-part.tsx'
import { PageSkeleton } from '../components/page-skeleton.tsx'
import { PersonAvatar } from '../components/person-avatar.tsx'
import { ProblemAlert } from '../components/problem-alert.tsx'
import { useSession } from '../sign-in/session-context.tsx'
import { Brand } from './brand.tsx'
import classes from './shell.module.css'

const loadAccountMenu = () => import('./account-menu.tsx')
const ExpiredDialog = late(() => import('../sign-in/expired-dialog.tsx'))

/** What is around every page: where one is, who one is, and the page once it is known who asks. */
export function Shell() {
  const { t } = useTranslation('shell')
  const { state, session } = useSession()
  const me = useQuery(meQuery(useApi()))
  useOneOrganization(me.data?.organization.id)
  const content = useFocusOnPage()
  const name = me.data?.user?.name ?? me.data?.user?.email ?? ''
  return (
    <>
      <Anchor href="#content" className={classes.skip}>
        {t('skip')}
      </Anchor>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to="/timeline" className={classes.brand}>
            <Brand />
          </Link>
          <nav aria-label={t('navigation')} className={classes.navigation}>
            <Link to="/timeline" className={classes.link}>
              {t('timeline')}
            </Link>
            <Link to="/integrations/attio" className={classes.link}>
              {t('attio')}
            </Link>
          </nav>
          <div className={classes.tools}>
            <LazyMenu
              load={loadAccountMenu}
              with={{ me: me.data }}
              label={name ? t('account', { name }) : t('ownAccount')}
              className={classes.account}
            >
              <PersonAvatar name={name} size={28} />
            </LazyMenu>
          </div>
        </div>
      </header>
      <main ref={content} id="content" className={classes.content} tabIndex={-1}>
        {me.isSuccess ? (
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        ) : me.isError ? (
          <>
            <Title order={1} size="h3" mb="md">
              {t('notEntered')}
            </Title>
            <ProblemAlert
              error={me.error}
              onRetry={() => void me.refetch()}
              action={{ label: t('signOut'), run: () => void session.signOut() }}
            />
          </>
        ) : (
          <PageSkeleton />
        )}
      </main>
      <MissingPart />
      {state === 'expired' && <ExpiredDialog />}
    </>
  )
}

/** A page is one organisation's: whose token speaks of another one begins anew, with nothing kept of the first. */
function useOneOrganization(id: string | undefined): void {
  const first = useRef(id)
  useEffect(() => {
    first.current ??= id
    if (id !== first.current) location.reload()
  }, [id])
}

/** Whoever has gone to another page goes on in it, by keyboard and by ear: what was pressed is gone, or stands above the page. */
function useFocusOnPage(): RefObject<HTMLElement | null> {
  const content = useRef<HTMLElement>(null)
  const path = useRouterState({ select: state => state.resolvedLocation?.pathname })
  const last = useRef(path)
  useEffect(() => {
    const hasGone = last.current !== undefined && last.current !== path
    last.current = path
    if (hasGone && !content.current?.contains(document.activeElement)) content.current?.focus({ preventScroll: true })
  }, [path])
  return content
}
