import { Code, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import type { ConnectionDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import classes from './connection-details.module.css'

/** What is missing and what that breaks, in the open; what is granted, and what is granted beyond need, folded away. */
export function Permissions({ permissions: { needed, excessive } }: { permissions: ConnectionDetail['permissions'] }) {
  const { t } = useTranslation('overview')
  const missing = needed.filter(({ granted }) => !granted)
  const granted = needed.filter(({ granted }) => granted)
  return (
    <>
      {missing.length > 0 && (
        <ul className={classes.rows}>
          {missing.map(({ scope, breaks }) => (
            <li key={scope} className={`${classes.row} ${classes.missing}`}>
              <IconX size={16} className={classes.bad} aria-hidden="true" />
              <span>
                <Code>{scope}</Code> <VisuallyHidden>{t('permissions.missing')}</VisuallyHidden>
              </span>
              <span className={classes.what}>{breaks}</span>
            </li>
          ))}
        </ul>
      )}
      <details className={classes.fold}>
        <summary>{t('permissions.granted', { count: granted.length, of: needed.length })}</summary>
        <ul className={classes.rows}>
          {granted.map(({ scope, breaks }) => (
            <li key={scope} className={classes.row}>
              <IconCheck size={16} className={classes.good} aria-hidden="true" />
              <span>
                <Code>{scope}</Code>
              </span>
              <span className={classes.what}>{t('permissions.without', { breaks })}</span>
            </li>
          ))}
        </ul>
      </details>
      {excessive.length > 0 && (
        <details className={classes.fold}>
          <summary>{t('permissions.excessive', { count: excessive.length })}</summary>
          <ul className={classes.rows}>
            {excessive.map(scope => (
              <li key={scope} className={classes.row}>
                <IconAlertTriangle size={16} className={classes.doubtful} aria-hidden="true" />
                <span>
                  <Code>{scope}</Code>
                </span>
                <span className={classes.what}>{t('permissions.neverUsed')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
