import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Members } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { locale } from '../../strings/i18n.ts'
import classes from './member-summary.module.css'
import { memberStates } from './members.ts'

/** How many members there are in each state; each count shows only those. */
export function MemberSummary({ counts, connection }: { counts: Members['counts'] | undefined; connection: string | undefined }) {
  const { t } = useTranslation('users')
  const number = new Intl.NumberFormat(locale)
  const all = counts && counts.mapped + counts.unmapped + counts.excluded
  const tiles = [
    { state: undefined, name: t('all'), count: all },
    ...memberStates.map(each => ({ state: each, name: t(`states.${each}`), count: counts?.[each] })),
  ]
  return (
    <nav aria-label={t('filter')} className={classes.tiles}>
      {tiles.map(tile => (
        <Link
          key={tile.name}
          from="/integrations/attio/users"
          search={{ state: tile.state, connection }}
          className={classes.tile}
          activeOptions={{ exact: true }}
          resetScroll={false}
        >
          <span className={classes.name}>{tile.name}</span>
          {tile.count === undefined ? (
            <Skeleton height={28} width={32} />
          ) : (
            <span className={classes.count}>{number.format(tile.count)}</span>
          )}
          {tile.state === 'unmapped' && (
            <span className={classes.hidden} data-some={Boolean(counts?.hidden_activities)}>
              {counts && (counts.hidden_activities > 0 ? t('hidden', { count: counts.hidden_activities }) : t('noneHidden'))}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
