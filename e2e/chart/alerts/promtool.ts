import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// node e2e/chart/alerts/promtool.ts: checks the chart's alerts and runs the tests beside this file, where promtool is in the PATH. Exit code 0: all
// is well; 1: something is not; 2: there is no promtool.

const version = '0.316.0'
const here = fileURLToPath(new URL('.', import.meta.url))
const rules = fileURLToPath(new URL('../../../charts/worksights-attio/files/alerts.yaml', import.meta.url))

if (spawnSync('promtool', ['--version']).status !== 0) {
  console.error(`There is no promtool in the PATH. It comes with Prometheus (https://prometheus.io/download), or with Go, in four minutes of CPU time:
  go install -tags netgo,remove_all_sd github.com/prometheus/prometheus/cmd/promtool@v${version}`)
  process.exit(2)
}
const files = readdirSync(here).filter(name => name.endsWith('.test.yaml'))
try {
  execFileSync('promtool', ['check', 'rules', rules], { stdio: 'inherit' })
  execFileSync('promtool', ['test', 'rules', ...files], { stdio: 'inherit', cwd: here })
} catch {
  process.exitCode = 1
}
