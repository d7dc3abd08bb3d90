import { handOver } from './hand-over.mjs'
import { BootstrapError } from './steps.mjs'

const BENCHMARKS = {
  latency: ['e2e/bench/latency.ts', 'time from the POST of a webhook to the line being visible in the API'],
  export: ['services/timeline-api/bench/export-memory.ts', 'heap of the API while 50,000 lines are exported'],
  ingest: ['services/ingest-gateway/bench/ingest.ts', 'requests a second of the gateway beside bare Express'],
  capacity: ['e2e/bench/capacity.ts', 'CPU, memory and database that deliveries cost, at several rates'],
  scroll: ['e2e/bench/scroll.ts', 'frames a second and memory while 10,000 lines are scrolled through in a browser'],
}

const usage = [
  'Usage: npm run bench -- <name> [options of the benchmark]',
  '',
  ...Object.entries(BENCHMARKS).map(([name, [, about]]) => `  ${name.padEnd(9)}${about}`),
  '',
  'npm run bench -- <name> --help lists the options of one.',
].join('\n')

const [name = '--help'] = process.argv.slice(2)
if (['--help', '-h'].includes(name)) {
  process.stdout.write(`${usage}\n`)
} else {
  await handOver(([, ...args]) => {
    const benchmark = Object.entries(BENCHMARKS).find(([known]) => known === name)?.[1]
    if (!benchmark) throw new BootstrapError(`There is no benchmark "${name}".\n\n${usage}`)
    return [benchmark[0], ...args]
  })
}
