import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feed } from './feed.ts'
import classes from './live-state.module.css'
import { useFeedState } from './use-feed.ts'

/** A blink of the connection is nothing to tell. */
const patienceMs = 3_000

/** Whether the page hears of what happens. */
export function LiveState({ feed }: { feed: Feed }) {
  const { t } = useTranslation('timeline')
  const { stream } = useFeedState(feed)
  const isOff = stream === 'connecting' || stream === 'waiting'
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!isOff) return
    const timer = setTimeout(() => setLasts(true), patienceMs)
    return () => {
      clearTimeout(timer)
      setLasts(false)
    }
  }, [isOff])
  const told = isOff && !lasts ? 'live' : stream
  return (
    <p role="status" className={classes.state} data-state={told}>
      {t(`live.${told}`)}
    </p>
  )
}
