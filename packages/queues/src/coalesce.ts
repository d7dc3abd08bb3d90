import { defineQueue } from './contract.ts'

/** Hinted by the resolver when events of a connection were written; worked by the coalescer: events → activities. */
export const coalesceQueue = defineQueue('coalesce')
