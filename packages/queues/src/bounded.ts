import { within } from '@worksights/runtime'

/** Settles as `work` of a queue does, or rejects after `ms`. */
export const bounded = <T>(work: Promise<T>, ms: number): Promise<T> => within(work, ms, `The queue did not answer within ${ms} ms.`)
