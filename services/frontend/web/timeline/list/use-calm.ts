import { useEffect, useRef, useState } from 'react'

/** A count is read out once it has stood still for so long, */
const stillMs = 2_000
/** and while it does not, this often at most. */
const restlessMs = 10_000

/** A count as it is to be read out: whoever listens to a busy list hears more of the list than of the count. */
export function useCalm(count: number): number {
  const [said, setSaid] = useState(count)
  const unsaidSince = useRef<number | null>(null)
  useEffect(() => {
    if (count === said) {
      unsaidSince.current = null
      return
    }
    unsaidSince.current ??= Date.now()
    const timer = setTimeout(() => setSaid(count), Math.min(stillMs, unsaidSince.current + restlessMs - Date.now()))
    return () => clearTimeout(timer)
  }, [count, said])
  return count === 0 ? 0 : said
}
