import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../api/answers.ts'
import { useNow } from '../../components/relative-time.tsx'
import { locale } from '../../strings/i18n.ts'
import { withPeriod } from '../filters/change.ts'
import { addDays, boundText, dayOf, rangeText } from '../filters/periods.ts'
import type { FiltersProps } from '../filters/timeline-filters.tsx'
import { isDay, viewerZone } from '../query.ts'
import { type Bar, barsOf, barTime, categories, isChosen, type Lines, sum } from './bars.ts'
import { BarsChart } from './bars-chart.tsx'
import { Patterns } from './fills.tsx'
import { Legend } from './legend.tsx'
import classes from './picture.module.css'
import { type Plan, planOf } from './plan.ts'
import { useSummary } from './use-summary.ts'

/** How much was done when, by category: a click on a bar shows only that time, one on the legend only that category. */
export function ActivityPicture({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation(['picture', 'shared'])
  const isSmall = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const [byHour, setByHour] = useState(false)
  const [pointed, setPointed] = useState<string | null>(null)
  const timeZone = viewerZone()
  const room = isSmall ? 14 : 30
  const plan = planOf(filters, { now: new Date(useNow()), timeZone, days: room, byHour })
  const summary = useSummary({ ...filters, from: plan.from, to: plan.to }, plan.interval)
  const bars = summary.data ? barsOf(summary.data, isSmall ? 14 : 45) : []
  const chosen = plan.inContext ? bars.filter(bar => isChosen(bar, filters)) : []

  const linesText = (lines: Lines) =>
    categories
      .filter(category => lines[category] > 0)
      .map(category => t('lines', { count: lines[category], category: t(`shared:categories.${category}`) }))
      .join(', ') || t('nothing')
  const barText = (bar: Bar) => t('bar', { when: barTime(bar, locale, timeZone), lines: linesText(bar.lines) })

  const total = summary.data && sum(summary.data.total)
  const totalText = total === undefined ? '' : `${t('all', { count: total })} ${rangeOf(plan, timeZone, room, t)}`
  // The list says what is wrong with the address.
  const problem = problemOf(summary.error)
  const isWrong = problem?.status === 400
  const said = useSaidOfView(JSON.stringify(filters), totalText, summary.isSuccess && !summary.isPlaceholderData)
  const [only] = chosen.length === 1 ? chosen : []
  const shown = bars.find(bar => bar.from === pointed) ?? only
  const choose = (bar: Bar) => {
    if (!plan.inContext || !isChosen(bar, filters)) return onChange(withPeriod(filters, bar))
    // An hour leads back to its day, a day to all of them.
    const wider = plan.interval === 'hour' && plan.day !== null ? { from: plan.day, to: plan.day } : {}
    onChange(withPeriod(filters, wider))
  }
  return (
    <section className={classes.picture} aria-label={t('label')} aria-busy={summary.isFetching}>
      <Patterns />
      <div className={classes.head}>
        <p className={classes.text}>{shown ? barText(shown) : totalText}</p>
        <div className={classes.tools}>
          {plan.day !== null && isDay(filters.from ?? '') && (
            <Button size="compact-xs" variant="subtle" onClick={() => setByHour(!byHour)}>
              {t(byHour ? 'days' : 'hours')}
            </Button>
          )}
          <Legend filters={filters} onChange={onChange} total={summary.data?.total} />
        </div>
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {summary.isError ? (
        <div className={classes.failed} role={isWrong ? undefined : 'alert'}>
          {isWrong ? t('failed') : (problem?.detail ?? t('failed'))}
          {!isWrong && problem?.request_id && (
            <small>
              {t('shared:requestId')}: <code>{problem.request_id}</code>
            </small>
          )}
          {!isWrong && (
            <Button size="compact-xs" variant="default" onClick={() => void summary.refetch()}>
              {t('shared:retry')}
            </Button>
          )}
        </div>
      ) : summary.data ? (
        <BarsChart
          bars={bars}
          chosen={chosen}
          timeZone={timeZone}
          ticks={isSmall ? 4 : 8}
          widest={isSmall ? 6 : 3}
          nameOf={barText}
          onChoose={choose}
          onPoint={setPointed}
        />
      ) : (
        <Skeleton height={84} />
      )}
    </section>
  )
}

type Texts = ReturnType<typeof useTranslation<['picture', 'shared']>>['t']

function rangeOf({ from, to, interval, day }: Plan, timeZone: string, room: number, t: Texts): string {
  if (interval === 'hour' && day !== null) return t('on', { day: rangeText(day, day, locale, timeZone) })
  if (from && to) return t('between', { range: rangeText(from, to, locale, timeZone) })
  if (!from || from === addDays(dayOf(new Date(), timeZone), 1 - room)) return t('last', { count: room })
  return t('since', { from: boundText(from, locale, timeZone) })
}

/** What is read out when the view changes, and not whenever the counts do. */
function useSaidOfView(view: string, text: string, isKnown: boolean): string {
  const [said, setSaid] = useState({ view, text: '' })
  if (isKnown && said.view !== view) setSaid({ view, text })
  return said.text
}
