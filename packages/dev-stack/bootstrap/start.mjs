import { handOver } from './hand-over.mjs'

await handOver(args => ['packages/dev-stack/src/cli.ts', ...args])
