import { defineQueue } from './contract.ts'

/** Hinted by the API when a long action was asked for (refresh, replay, disconnect, erase); worked by the resolver: the connection's due runs. */
export const runsQueue = defineQueue('runs')
