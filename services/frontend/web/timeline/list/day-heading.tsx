import { useTranslation } from 'react-i18next'
import { useNow } from '../../components/relative-time.tsx'
import { locale } from '../../strings/i18n.ts'
import { dayName } from './day-name.ts'
import classes from './list.module.css'

/** The heading of a day; `asSign` where it repeats one that has scrolled away, and is there for the eye alone. */
export function DayHeading({ day, asSign = false }: { day: number; asSign?: boolean }) {
  const { t } = useTranslation('timeline')
  const { relative, date } = dayName(day, useNow(), locale)
  const Heading = asSign ? 'p' : 'h2'
  return (
    <Heading className={classes.day} aria-hidden={asSign || undefined}>
      {relative && <span>{t(`days.${relative}`)}</span>}
      <span className={relative ? classes.date : undefined}>{date}</span>
    </Heading>
  )
}
