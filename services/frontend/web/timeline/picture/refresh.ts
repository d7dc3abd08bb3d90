import type { QueryClient } from '@tanstack/react-query'
import { keys } from '../../api/keys.ts'

const everyMs = 4_000
let lastMs = Number.NEGATIVE_INFINITY
let timer: ReturnType<typeof setTimeout> | undefined

/** Counts again soon: at once after a quiet time, and every few seconds however many lines come. */
export function refreshPicture(queries: QueryClient): void {
  if (timer !== undefined) return
  timer = setTimeout(
    () => {
      timer = undefined
      lastMs = performance.now()
      void queries.invalidateQueries({ queryKey: keys.summaries })
    },
    Math.max(0, lastMs + everyMs - performance.now()),
  )
}
