import { useTranslation } from 'react-i18next'
import classes from './log.module.css'
import { useDead } from './use-dead.ts'

/** How many are dead, beside the word. */
export function DeadCount({ connectionId }: { connectionId: string }) {
  const { i18n } = useTranslation()
  const dead = useDead(connectionId)
  return dead && dead.count > 0 ? (
    <span className={classes.dead}> {new Intl.NumberFormat(i18n.language).format(dead.count) + (dead.isExact ? '' : '+')}</span>
  ) : null
}
