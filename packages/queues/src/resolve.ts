import { defineQueue } from './contract.ts'

/** Hinted by the gateway when deliveries of a connection were stored; worked by the resolver: deliveries → events. */
export const resolveQueue = defineQueue('resolve')
