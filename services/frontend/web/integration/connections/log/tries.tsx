import type { Delivery } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../components/relative-time.tsx'
import classes from './log.module.css'
import { timeAhead } from './times.ts'

/** How often a delivery was worked, when it is next, and how often Attio sent it again. */
export function Tries({ delivery: { attempts, next_attempt_at: next, repeats, state } }: { delivery: Delivery }) {
  const { t } = useTranslation('connections')
  const now = useNow()
  return (
    <>
      <span className={classes.number}>{attempts === 0 ? t('log.noTry') : attempts}</span>
      {state === 'failed' && next && <small>{t('log.next', { time: timeAhead(next, now) })}</small>}
      {repeats > 0 && <small>{t('log.repeated', { count: repeats })}</small>}
    </>
  )
}
