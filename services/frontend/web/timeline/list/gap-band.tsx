import { IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Gap } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { locale } from '../../strings/i18n.ts'
import classes from './gap-band.module.css'

/** Says in its place that activities are missing, from when to when, which, and why. */
export function GapBand({ gap, labelId }: { gap: Gap; labelId: string }) {
  const { t } = useTranslation('timeline')
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const [from, to] = [format.format(new Date(gap.from)), gap.to && format.format(new Date(gap.to))]
  return (
    <div className={classes.band}>
      <IconPlugConnectedX size={20} stroke={1.6} className={classes.icon} aria-hidden="true" />
      <div>
        <p id={labelId} className={classes.title}>
          {to ? t('gap.between', { from, to }) : t('gap.since', { from })}
        </p>
        <p className={classes.why}>
          {gap.explanation} {t(`gap.${gap.affects}`, { workspace: gap.connection.workspace_name })}{' '}
          <Link to="/integrations/attio" className={classes.link}>
            {t('gap.see')}
          </Link>
        </p>
      </div>
    </div>
  )
}
