import { handOver } from './hand-over.mjs'

await handOver(args => ['packages/dev-stack/src/images/cli.ts', ...args])
