import { handOver } from './hand-over.mjs'

await handOver(args => ['e2e/web/screenshots.ts', ...args])
