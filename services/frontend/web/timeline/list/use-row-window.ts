import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Feed } from './feed.ts'
import type { Row } from './rows.ts'

/*
 * Which rows are drawn, and where the list stands in the page.
 *
 *   at the top: new lines appear at once     scrolled down, or read by keyboard: they are kept back, and what is read stays where it is
 */

type Options = {
  feed: Feed
  rows: readonly Row[]
  list: RefObject<HTMLElement | null>
  above: RefObject<HTMLElement | null>
  /** The row that has the focus: it and its neighbours are drawn wherever the window is. */
  focusedAt: number | null
  isReading: boolean
  /** Somebody has left the list downwards: older lines are not added by themselves, or nobody would ever get past them. */
  isPast: boolean
}

/** Heights before they are measured, in px: of a line, and of a day's heading. */
const [lineHeight, headingHeight] = [67, 40]
/** Rows that may be left below the window before older ones are asked for. */
const ahead = 30

export function useRowWindow({ feed, rows, list, above, focusedAt, isReading, isPast }: Options) {
  const [margin, setMargin] = useState(0)
  const [isAway, setAway] = useState(false)
  const [day, setDay] = useState<number | null>(null)
  const headerHeight = useRef(0)
  const isHolding = isAway || isReading

  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows])
  const rangeExtractor = useCallback((range: Range) => withFocused(defaultRangeExtractor(range), focusedAt, range.count), [focusedAt])
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: rows.length,
    getItemKey,
    estimateSize: index => lineHeight + (rows[index]?.isFirstOfDay ? headingHeight : 0),
    rangeExtractor,
    overscan: 6,
    scrollMargin: margin,
    scrollPaddingStart: headerHeight.current + headingHeight,
    scrollPaddingEnd: 16,
    // What comes above what is being read pushes it up and not down.
    anchorTo: isHolding ? 'end' : 'start',
    // The end of the list is no place to stay at.
    scrollEndThreshold: -1,
    initialMeasurementsCache: feed.heights,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    onChange: look,
  })

  /** Sees where the window is. The virtualiser knows it; asking the browser would have it lay out the page. */
  function look() {
    const offset = virtualizer.scrollOffset ?? 0
    const top = offset + headerHeight.current
    setAway(offset > 0 && top > margin + 1)
    setDay(rows[virtualizer.getVirtualItemForOffset(top)?.index ?? 0]?.day ?? null)
  }

  useLayoutEffect(() => {
    headerHeight.current = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--ws-header')) || 0
    const measure = () => {
      if (list.current) setMargin(list.current.getBoundingClientRect().top + window.scrollY)
    }
    measure()
    if (!above.current) return
    const observer = new ResizeObserver(measure)
    observer.observe(above.current)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(look, [margin, rows])

  useEffect(() => feed.hold(isHolding), [feed, isHolding])

  const items = virtualizer.getVirtualItems()
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    const row = rows[last]
    if (row?.type === 'line') feed.lookingAt(row.line)
    if (!isPast && last >= rows.length - ahead && feed.state().older === 'idle') void feed.readOlder()
  }, [feed, rows, last, isPast])

  // Going back finds the list as high as it was left, so that the browser's place is there.
  useEffect(
    () => () => {
      feed.heights = virtualizer.takeSnapshot()
    },
    [feed, virtualizer],
  )

  return {
    items,
    /** The day of the row at the top of the window. */
    day,
    measure: virtualizer.measureElement,
    container: virtualizer.containerRef,
    /** Brings a row into the window, moving no further than needed. */
    show: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    toTop() {
      const top = Math.max(margin - headerHeight.current, 0)
      const isNear = window.scrollY - top < 2 * window.innerHeight
      const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
      window.scrollTo({ top: Math.min(top, window.scrollY), behavior: isNear && !isCalm ? 'smooth' : 'instant' })
    },
  }
}

function withFocused(indexes: number[], focused: number | null, count: number): number[] {
  if (focused === null) return indexes
  const wanted = [focused - 1, focused, focused + 1].filter(index => index >= 0 && index < count)
  return [...new Set([...indexes, ...wanted])].sort((one, other) => one - other)
}
