import { intlFormatDistance } from 'date-fns'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { locale } from '../strings/i18n.ts'
import classes from './relative-time.module.css'

// One clock for all times on the page, and none while there is no time on it.
const EVERY_MS = 20_000
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = Date.now()
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    // It stood still while there was no time on the page; and timers do, or nearly, where the page is out of sight or the machine asleep.
    now = Date.now()
    timer = setInterval(tick, EVERY_MS)
    document.addEventListener('visibilitychange', tick)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
    timer = undefined
  }
}

/** Now, told anew every 20 s. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

// Making one costs more than formatting a hundred times.
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' })
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })

/** `Tuesday 24 November 2026 at 15:50:22 GMT`, in the viewer's zone and manner. */
export function exactTime(iso: string): string {
  return exact.format(new Date(iso))
}

/** `15:50`, in the viewer's zone and manner. */
export function clockTime(iso: string): string {
  return clock.format(new Date(iso))
}

/** `2 minutes ago`; what lies a little ahead, since clocks differ, is now. */
export function relativeTime(iso: string, at: number): string {
  const time = Math.min(new Date(iso).getTime(), Math.max(at, Date.now()))
  return intlFormatDistance(time, Math.max(at, time), { locale })
}

/** When something was, as people say it; exactly on hover and focus. */
export function RelativeTime({ iso }: { iso: string | null }) {
  const { t } = useTranslation()
  const at = useNow()
  if (iso === null) return <span>{t('never')}</span>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be had by keyboard too
    <time dateTime={iso} data-exact={exactTime(iso)} tabIndex={0} className={classes.time}>
      {relativeTime(iso, at)}
    </time>
  )
}
