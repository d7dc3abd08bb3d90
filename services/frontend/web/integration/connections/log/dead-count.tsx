import { locale } from '../../../strings/i18n.ts'
import classes from './log.module.css'
import { useDead } from './use-dead.ts'

/** How many are dead, beside the word. */
export function DeadCount({ connectionId }: { connectionId: string }) {
  const dead = useDead(connectionId)
  return dead && dead.count > 0 ? (
    <span className={classes.dead}> {new Intl.NumberFormat(locale).format(dead.count) + (dead.isExact ? '' : '+')}</span>
  ) : null
}
