import type { Activity, Gap } from '@worksights/api-client'
import { memo } from 'react'
import { late } from '../../components/late.tsx'
import { Line, partsOf } from '../line/line.tsx'
import { DayHeading } from './day-heading.tsx'
import { GapBand } from './gap-band.tsx'
import classes from './list.module.css'

const loadDetails = () => import('../line/details.tsx')
const Details = late(loadDetails)
const load = () => void loadDetails().catch(() => undefined)

type ListRowProps = {
  index: number
  /** Of all rows; -1 while older ones are still to be read. */
  total: number
  /** The day whose first row it is, in ms; else null. */
  day: number | null
  isOpen: boolean
  /** When it came or grew, if just now. */
  changedAt: number | null
  measure: (row: HTMLElement | null) => void
  onToggle: (id: string) => void
} & ({ line: Activity; gap: null } | { line: null; gap: Gap })

/** One row of the list, an article of the feed. Where it stands is the virtualiser's to say. */
export const ListRow = memo(function ListRow({ index, total, day, isOpen, changedAt, measure, onToggle, line, gap }: ListRowProps) {
  const parts = partsOf(line?.id ?? gap?.id ?? '')
  return (
    <article
      ref={measure}
      data-index={index}
      className={classes.row}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: articles of a feed take the focus (WAI-ARIA Authoring Practices)
      tabIndex={0}
      aria-posinset={index + 1}
      aria-setsize={total}
      aria-labelledby={parts.sentence}
      aria-describedby={line ? parts.detail : undefined}
    >
      {day !== null && <DayHeading day={day} />}
      <div className={classes.body}>
        {changedAt !== null && <span key={changedAt} className={classes.flash} />}
        {line ? <Line line={line} isOpen={isOpen} onToggle={onToggle} onNear={load} /> : <GapBand gap={gap} labelId={parts.sentence} />}
        {line && isOpen && <Details line={line} />}
      </div>
    </article>
  )
})
