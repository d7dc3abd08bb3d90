import { handOver } from './hand-over.mjs'

await handOver(args => ['e2e/cluster/run.ts', ...args])
