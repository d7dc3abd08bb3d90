import { Fragment } from 'react'
import { t } from './text.ts'
import classes from './values.module.css'
import { shortened } from './wording.ts'

/** Before → after, with what lay between as far as there is room. */
export function Values({ values, most = 3 }: { values: readonly (string | null)[]; most?: number }) {
  return (
    <span className={classes.values}>
      {shortened(values, most).map((value, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              <span aria-hidden="true">→</span>
              <span className={classes.spoken}> {t('to')} </span>
            </>
          )}
          {value === undefined ? (
            <span title={t('skipped')}>…</span>
          ) : value === null || value === '' ? (
            <i className={classes.empty}>{t('empty')}</i>
          ) : (
            <span className={classes.value}>{value}</span>
          )}
        </Fragment>
      ))}
    </span>
  )
}
