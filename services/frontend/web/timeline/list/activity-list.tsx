import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import type { Gap } from '@worksights/api-client'
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../components/relative-time.tsx'
import { DayHeading } from './day-heading.tsx'
import type { Feed, FeedState } from './feed.ts'
import classes from './list.module.css'
import { ListFoot } from './list-foot.tsx'
import { ListRow } from './list-row.tsx'
import { rowsOf } from './rows.ts'
import { useCalm } from './use-calm.ts'
import { useFeedFocus } from './use-feed-focus.ts'
import { useRowWindow } from './use-row-window.ts'

type Props = {
  feed: Feed
  state: FeedState
  gaps: readonly Gap[]
  isFiltered: boolean
  /** What stands above the list on the page: the list moves with its height. */
  above: RefObject<HTMLElement | null>
  /** What takes the focus when the feed is left upwards. */
  before: RefObject<HTMLElement | null>
}

/** The lines of a view by days, of which only those near the window are drawn; the feed pattern of WAI-ARIA: https://www.w3.org/WAI/ARIA/apg/patterns/feed/ */
export function ActivityList({ feed, state, gaps, isFiltered, above, before }: Props) {
  const { t } = useTranslation('timeline')
  const { shown, held, next, older } = state
  const hasMore = next !== null
  // A gap that lasts stands under today's heading, so the minute does not matter.
  const hour = Math.ceil(useNow() / 3_600_000) * 3_600_000
  const rows = useMemo(() => rowsOf(shown, gaps, { hasMore, now: hour }), [shown, gaps, hasMore, hour])
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const onToggle = useCallback((id: string) => setOpen(before => withOrWithout(before, id)), [])
  const list = useRef<HTMLDivElement>(null)
  const after = useRef<HTMLElement>(null)
  const [isPast, setPast] = useState(false)

  const focus = useFeedFocus({ feed, rows, list, before, after, show: index => rowWindow.show(index) })
  // Whoever has opened the line they are at reads it.
  const isReading = focus.isByKeyboard || (focus.key !== null && open.has(focus.key))
  const rowWindow = useRowWindow({ feed, rows, list, above, focusedAt: focus.at, isReading, isPast })

  // Whoever has left the list downwards stays below what was still on its way.
  useLayoutEffect(() => {
    if (isPast && rows.length > 0) after.current?.scrollIntoView({ block: 'nearest' })
  }, [isPast, rows.length])

  const said = useCalm(held.length)
  const showNew = () => {
    flushSync(() => feed.release())
    rowWindow.toTop()
    focus.first()
  }

  return (
    <>
      <div className={classes.sign}>
        {rowWindow.day !== null && <DayHeading day={rowWindow.day} asSign />}
        {held.length > 0 && (
          <div className={classes.pill}>
            <UnstyledButton onClick={showNew}>
              <IconArrowUp size={16} stroke={2} aria-hidden="true" />
              {t('new', { count: held.length })}
            </UnstyledButton>
          </div>
        )}
      </div>
      <VisuallyHidden role="status">{said > 0 && t('arrived', { count: said })}</VisuallyHidden>
      <div
        ref={list}
        role="feed"
        aria-label={t('feed')}
        aria-busy={older === 'loading'}
        className={classes.list}
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
      >
        <div ref={rowWindow.container} role="presentation">
          {rowWindow.items.map(({ index, key }) => {
            const row = rows[index]
            if (!row) return null
            const about = row.type === 'line' ? { line: row.line, gap: null } : { line: null, gap: row.gap }
            return (
              <ListRow
                key={key}
                index={index}
                total={hasMore ? -1 : rows.length}
                day={row.isFirstOfDay ? row.day : null}
                isOpen={open.has(row.key)}
                changedAt={feed.changedAt(row.key)}
                measure={rowWindow.measure}
                onToggle={onToggle}
                {...about}
              />
            )
          })}
        </div>
      </div>
      <section
        ref={after}
        aria-label={t('foot')}
        tabIndex={-1}
        className={classes.foot}
        onFocus={() => setPast(true)}
        onBlur={() => setPast(false)}
      >
        <ListFoot feed={feed} state={state} isFiltered={isFiltered} />
      </section>
    </>
  )
}

function withOrWithout(all: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(all)
  if (!next.delete(one)) next.add(one)
  return next
}
