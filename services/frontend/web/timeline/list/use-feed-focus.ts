import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Feed } from './feed.ts'
import type { Row } from './rows.ts'

type Options = {
  feed: Feed
  rows: readonly Row[]
  list: RefObject<HTMLElement | null>
  before: RefObject<HTMLElement | null>
  after: RefObject<HTMLElement | null>
  show: (index: number) => void
}

/**
 * The keyboard of a feed: Page Down and Page Up go from article to article, Control+End and Control+Home out of it. The article that has the focus keeps it while
 * lines come and go; where it goes itself, its neighbour takes the focus.
 */
export function useFeedFocus({ feed, rows, list, before, after, show }: Options) {
  // Whoever comes back goes on at the line they left by.
  const [key, setKey] = useState(() => rows.find(row => row.key === feed.leftAt)?.key ?? null)
  const isBack = useRef(key !== null)
  const [isByKeyboard, setByKeyboard] = useState(false)
  const lastAt = useRef(0)
  const at = useMemo(() => (key === null ? -1 : rows.findIndex(row => row.key === key)), [rows, key])

  const focus = (index: number) => {
    const row = rows[index]
    if (!row) return
    // Drawn first, however far away the window is.
    flushSync(() => setKey(row.key))
    articleAt(list.current, index)?.focus({ preventScroll: true })
    show(index)
  }

  useLayoutEffect(() => {
    if (at !== -1) lastAt.current = at
    else if (key !== null) articleAt(list.current, Math.min(lastAt.current, rows.length - 1))?.focus({ preventScroll: true })
  }, [at, key, rows.length, list])

  useLayoutEffect(() => {
    // The rows are drawn with a later rendering than the first.
    const row = isBack.current ? articleAt(list.current, at) : null
    if (!row) return
    isBack.current = false
    // Unless something else has the focus by now.
    if (document.activeElement?.contains(row)) row.focus({ preventScroll: true })
    else setKey(null)
  })
  const leavingAt = useRef(key)
  leavingAt.current = key
  useEffect(
    () => () => {
      feed.leftAt = leavingAt.current
    },
    [feed],
  )

  return {
    /** The row that has the focus, or something in it. */
    at: at === -1 ? null : at,
    key,
    /** Somebody goes through the list by keyboard. */
    isByKeyboard,
    first: () => focus(0),
    onKeyDown(event: KeyboardEvent) {
      const article = event.target instanceof Element ? event.target.closest<HTMLElement>('article') : null
      if (!article || event.altKey || event.metaKey) return
      const here = Number(article.dataset.index)
      if (event.ctrlKey && event.key === 'End') after.current?.focus()
      else if (event.ctrlKey && event.key === 'Home') before.current?.focus()
      else if (!event.ctrlKey && event.key === 'PageDown') focus(here + 1)
      else if (!event.ctrlKey && event.key === 'PageUp') focus(here - 1)
      else return
      event.preventDefault()
    },
    onFocus({ target }: FocusEvent<HTMLElement>) {
      setKey(rows[Number(target.closest<HTMLElement>('article')?.dataset.index)]?.key ?? null)
      setByKeyboard(target.matches(':focus-visible'))
    },
    onBlur({ relatedTarget }: FocusEvent) {
      // The window that loses the focus gives it back to the same place.
      if (!document.hasFocus() || (relatedTarget instanceof Node && list.current?.contains(relatedTarget))) return
      setKey(null)
      setByKeyboard(false)
    },
  }
}

function articleAt(list: HTMLElement | null, index: number): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`article[data-index="${index}"]`) ?? null
}
