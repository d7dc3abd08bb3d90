import { Button, Skeleton, Text, Title } from '@mantine/core'
import { IconFilterOff, IconHourglass, IconPlug, IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Overview } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { Help } from '../components/help.tsx'
import { ProblemAlert } from '../components/problem-alert.tsx'
import { useNow } from '../components/relative-time.tsx'
import classes from './empty-state.module.css'
import { hasFilters, type TimelineFilters } from './query.ts'
import { useOverview } from './use-overview.ts'

/** Why there are no lines, and what to do: nothing is connected, nothing happened yet, or nothing matches. */
export default function EmptyState({ filters, onClear }: { filters: TimelineFilters; onClear: () => void }) {
  const { t } = useTranslation('notices')
  const { isAdmin } = useMe()
  const overview = useOverview()
  if (overview.isError) return <ProblemAlert error={overview.error} onRetry={() => void overview.refetch()} />
  if (!overview.data) return <Skeleton height={280} mt="md" />
  const { state } = overview.data
  if (state !== 'not_connected' && hasFilters(filters)) {
    return (
      <Emptiness icon={IconFilterOff} title={t('empty.noMatch.title')} detail={t('empty.noMatch.detail')}>
        <Button onClick={onClear}>{t('empty.noMatch.action')}</Button>
      </Emptiness>
    )
  }
  if (state === 'not_connected' || state === 'disconnected') {
    const why = state === 'not_connected' ? 'empty.notConnected' : 'empty.disconnected'
    const Icon = state === 'not_connected' ? IconPlug : IconPlugConnectedX
    return (
      <Emptiness icon={Icon} title={t(`${why}.title`)} detail={t(isAdmin ? `${why}.admin` : `${why}.member`)}>
        {isAdmin && <Button renderRoot={props => <Link to="/integrations/attio" {...props} />}>{t(`${why}.action`)}</Button>}
        <Help help={overview.data.help} />
      </Emptiness>
    )
  }
  return <NothingYet overview={overview.data} isAdmin={isAdmin} />
}

const justNowMs = 10 * 60_000

function NothingYet({ overview: { connections, hidden, state, help }, isAdmin }: { overview: Overview; isAdmin: boolean }) {
  const { t } = useTranslation(['notices', 'shared'])
  const now = useNow()
  const isNew = connections.some(({ created_at: at }) => now - Date.parse(at) < justNowMs)
  return (
    <Emptiness icon={IconHourglass} title={t('empty.nothingYet.title')} detail={t('empty.nothingYet.waiting')} isWaiting>
      <div className={classes.why}>
        <Text size="sm" fw={600}>
          {t('empty.nothingYet.why')}
        </Text>
        <ul className={classes.reasons}>
          {state === 'needs_attention' && <li>{t('empty.nothingYet.reasons.broken')}</li>}
          <li>{t(isNew ? 'empty.nothingYet.reasons.justConnected' : 'empty.nothingYet.reasons.nobody')}</li>
          {hidden.activities > 0 && (
            <li>
              {t('empty.nothingYet.reasons.hidden', {
                people: t('shared:count.people', { count: hidden.people }),
                activities: t('shared:count.activities', { count: hidden.activities }),
              })}{' '}
              {isAdmin && (
                <Link to="/integrations/attio/users" search={{ state: 'unmapped' }}>
                  {t('empty.nothingYet.map')}
                </Link>
              )}
            </li>
          )}
          <li>
            {isAdmin ? (
              <>
                {t('empty.nothingYet.reasons.refresh')} <Link to="/integrations/attio">{t('empty.nothingYet.refresh')}</Link>
              </>
            ) : (
              t('empty.nothingYet.reasons.refreshMember')
            )}
          </li>
        </ul>
      </div>
      <Help help={help} />
    </Emptiness>
  )
}

type EmptinessProps = { icon: typeof IconPlug; title: string; detail: string; isWaiting?: boolean; children: ReactNode }

function Emptiness({ icon: Icon, title, detail, isWaiting = false, children }: EmptinessProps) {
  return (
    <section className={classes.empty}>
      <span className={classes.icon} data-waiting={isWaiting || undefined}>
        <Icon size={28} stroke={1.4} aria-hidden="true" />
      </span>
      <div role="status">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {detail}
        </Text>
      </div>
      {children}
    </section>
  )
}
