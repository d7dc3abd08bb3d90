import { IconPointFilled } from '@tabler/icons-react'
import type { ConnectionDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../components/relative-time.tsx'
import classes from './connection-details.module.css'

/** How the state of a connection changed, newest first; folded away. */
export function History({ history }: { history: ConnectionDetail['history'] }) {
  const { t } = useTranslation('overview')
  const { t: integration } = useTranslation('integration')
  return (
    <details className={classes.fold}>
      <summary>{t('history', { count: history.length })}</summary>
      <ol className={classes.rows}>
        {history.map(({ at, to, explanation }) => (
          <li key={`${at} ${to.state} ${to.reason}`} className={classes.row}>
            <IconPointFilled size={16} aria-hidden="true" />
            <span>
              {integration(`state.${to.state}`)} · <RelativeTime iso={at} />
            </span>
            <span className={classes.what}>{explanation}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
