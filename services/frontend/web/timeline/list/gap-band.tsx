import { IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Gap } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { locale } from '../../strings/i18n.ts'
import classes from './gap-band.module.css'

/** Says in its place that activities are missing, from when to when, which, and why. */
export function GapBand({ gap, labelId }: { gap: Gap; labelId: string }) {
  const { t } = useTranslation('timeline')
  const { from, to } = written(new Date(gap.from), gap.to === null ? null : new Date(gap.to))
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

const clock = { hour: '2-digit', minute: '2-digit' } as const

/** `24 November at 17:07` and, of the same day, only `17:08`; to the second where that is less. The headings around say of which year. */
function written(from: Date, to: Date | null): { from: string; to: string | null } {
  const second = to && to.getTime() - from.getTime() < 60_000 ? ({ second: '2-digit' } as const) : {}
  const time = new Intl.DateTimeFormat(locale, { ...clock, ...second })
  const dayTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...clock, ...second })
  const isSameDay = to?.toDateString() === from.toDateString()
  return { from: dayTime.format(from), to: to && (isSameDay ? time : dayTime).format(to) }
}
