/** What can be replayed: every state but `received`, which is due anyway. */
export const replayableStates = ['dead', 'failed', 'filtered', 'ignored', 'processed'] as const
export type ReplayableState = (typeof replayableStates)[number]

/** Which deliveries a replay is to take; `from` and `to` in RFC 3339, undefined for no limit. */
export type ReplayRange = { states: ReplayableState[]; from: string | undefined; to: string | undefined }

/** What the dialog begins with: what the log is narrowed to, as far as that can be replayed; else all dead ones. */
export function rangeOf(filters: {
  state?: readonly string[] | undefined
  from?: string | undefined
  to?: string | undefined
}): ReplayRange {
  const states = replayableStates.filter(state => filters.state?.includes(state))
  return { states: states.length > 0 ? states : ['dead'], from: filters.from, to: filters.to }
}

type RangeFault = 'noState' | 'wrongOrder'

/** What is wrong with a range. */
export function faultsOf({ states, from, to }: ReplayRange): RangeFault[] {
  const isTurned = from !== undefined && to !== undefined && new Date(from) >= new Date(to)
  return [...(states.length === 0 ? ['noState' as const] : []), ...(isTurned ? ['wrongOrder' as const] : [])]
}
