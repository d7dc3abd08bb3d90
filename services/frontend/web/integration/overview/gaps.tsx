import { IconAlertTriangle } from '@tabler/icons-react'
import type { ConnectionDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { locale } from '../../strings/i18n.ts'
import classes from './connection-details.module.css'

const most = 3

/** When events were lost: from when to when, of what, and why. */
export function Gaps({ gaps }: { gaps: ConnectionDetail['gaps'] }) {
  const { t } = useTranslation('overview')
  const older = gaps.slice(most)
  return (
    <>
      <Rows gaps={gaps.slice(0, most)} />
      {older.length > 0 && (
        <details className={classes.fold}>
          <summary>{t('gaps.older', { count: older.length })}</summary>
          <Rows gaps={older} />
        </details>
      )}
    </>
  )
}

function Rows({ gaps }: { gaps: ConnectionDetail['gaps'] }) {
  const { t } = useTranslation('overview')
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <ul className={classes.rows}>
      {gaps.map(({ id, from, to, affects, explanation }) => (
        <li key={id} className={classes.row}>
          <IconAlertTriangle size={16} className={to === null ? classes.bad : classes.doubtful} aria-hidden="true" />
          <span>
            {to === null ? t('gaps.since', { from: format.format(new Date(from)) }) : format.formatRange(new Date(from), new Date(to))}
          </span>
          <span className={classes.what}>
            {t(`gaps.${affects}`)} {explanation}
          </span>
        </li>
      ))}
    </ul>
  )
}
