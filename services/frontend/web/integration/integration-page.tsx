import '../strings/integration-page.ts'
import { Title } from '@mantine/core'
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { readyToTell } from '../components/notify.ts'
import { PageSkeleton } from '../components/page-skeleton.tsx'
import classes from './integration-page.module.css'

const tabs = [
  { to: '/integrations/attio', name: 'overview', exact: true },
  { to: '/integrations/attio/users', name: 'users', exact: false },
  { to: '/integrations/attio/features', name: 'features', exact: false },
  { to: '/integrations/attio/connections', name: 'connections', exact: false },
] as const

/** The four tabs. Each has an address of its own, so they are links and not an ARIA tab list. */
export function IntegrationPage() {
  const { t } = useTranslation('integration')
  const { isAdmin } = useMe()
  useEffect(readyToTell, [])
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <nav aria-label={t('tabs')} className={classes.tabs}>
        {tabs.map(({ to, name, exact }) => (
          <Link key={name} to={to} activeOptions={{ exact, includeSearch: false }} className={classes.tab}>
            {t(name)}
          </Link>
        ))}
      </nav>
      {!isAdmin && <p className={classes.readOnly}>{t('readOnly')}</p>}
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </>
  )
}
