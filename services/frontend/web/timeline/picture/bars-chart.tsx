import { VisuallyHidden } from '@mantine/core'
import { scaleBand } from 'd3-scale'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '../../strings/i18n.ts'
import { type Bar, barTime, categories, partsOf, tickPlaces, tickText } from './bars.ts'
import { Fill } from './fills.tsx'
import classes from './picture.module.css'

type Props = {
  bars: Bar[]
  chosen: Bar[]
  timeZone: string
  /** How many times are written below, at most. */
  ticks: number
  /** How wide a bar is at most, in percent. */
  widest: number
  nameOf: (bar: Bar) => string
  onChoose: (bar: Bar) => void
  /** The bar below the pointer or with the focus, by its `from`. */
  onPoint: (from: string | null) => void
}

const height = 64
/** So that one line is seen beside a thousand. */
const leastHeight = 3

/** Bars, each a button; one stop of the tab key, and arrow keys within. For screen readers also as a table. */
export function BarsChart({ bars, chosen, timeZone, ticks, widest, nameOf, onChoose, onPoint }: Props) {
  const { t } = useTranslation(['picture', 'shared'])
  const buttons = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<number | null>(null)
  const current = Math.min(stop ?? (chosen[0] ? bars.indexOf(chosen[0]) : bars.length - 1), bars.length - 1)

  const x = scaleBand<number>().domain(bars.keys()).range([0, 100])
  const most = Math.max(1, ...bars.map(bar => bar.total))
  const width = Math.min(x.bandwidth() * 0.72, widest)

  const move = (event: KeyboardEvent) => {
    const goals: Record<string, number> = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: bars.length - 1 }
    const goal = goals[event.key]
    if (goal === undefined || goal < 0 || goal >= bars.length) return
    event.preventDefault()
    setStop(goal)
    buttons.current?.querySelectorAll('button')[goal]?.focus()
  }
  return (
    <div className={classes.chart}>
      <div ref={buttons} role="toolbar" aria-label={t('bars')} className={classes.buttons} onKeyDown={move}>
        {bars.map((bar, place) => (
          <button
            key={bar.from}
            type="button"
            tabIndex={place === current ? 0 : -1}
            aria-label={nameOf(bar)}
            aria-pressed={chosen.includes(bar)}
            className={classes.button}
            style={{ insetInlineStart: `${x(place)}%`, inlineSize: `${x.bandwidth()}%` }}
            onClick={() => {
              setStop(place)
              onChoose(bar)
            }}
            onFocus={() => onPoint(bar.from)}
            onBlur={() => onPoint(null)}
            onPointerEnter={() => onPoint(bar.from)}
            onPointerLeave={() => onPoint(null)}
          />
        ))}
      </div>
      <svg className={classes.svg} width="100%" height={height} aria-hidden="true">
        {bars.map((bar, place) => {
          const unit = Math.max((height * bar.total) / most, leastHeight) / bar.total
          return partsOf(bar).map(({ category, below, above }) => (
            <Fill
              key={`${bar.from} ${category}`}
              category={category}
              x={`${(x(place) ?? 0) + (x.bandwidth() - width) / 2}%`}
              y={height - above * unit}
              width={`${width}%`}
              // A line of the ground between the parts.
              height={Math.max((above - below) * unit - (below > 0 ? 1 : 0), 1)}
              rx={1}
            />
          ))
        })}
      </svg>
      <div className={classes.ticks} aria-hidden="true">
        {tickPlaces(bars.length, ticks).map(place => {
          const bar = bars[place]
          return (
            bar && (
              <span key={bar.from} className={classes.tick} style={{ insetInlineStart: `${(x(place) ?? 0) + x.bandwidth() / 2}%` }}>
                {tickText(bar, locale, timeZone)}
              </span>
            )
          )
        })}
      </div>
      <VisuallyHidden component="div">
        <table>
          <caption>{t('table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('time')}</th>
              {categories.map(category => (
                <th key={category} scope="col">
                  {t(`shared:categories.${category}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars
              .filter(bar => bar.total > 0)
              .map(bar => (
                <tr key={bar.from}>
                  <th scope="row">{barTime(bar, locale, timeZone)}</th>
                  {categories.map(category => (
                    <td key={category}>{bar.lines[category]}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </div>
  )
}
