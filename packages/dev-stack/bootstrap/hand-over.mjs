import { spawn } from 'node:child_process'
import { environment, node, prepare, root } from './prepare.mjs'
import { BootstrapError } from './steps.mjs'

/**
 * Prepares the clone, then runs a script of it on the workspace's Node and ends as it ends. The IPC channel tells the script when this
 * process is gone, however it went.
 * @param {(args: string[]) => string[]} choose gives the arguments of Node for those of the command line
 */
export async function handOver(choose) {
  try {
    const args = choose(process.argv.slice(2))
    await prepare()
    const child = spawn(node, args, { cwd: root, env: environment, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    // From here on a signal is the child's business: npm and the terminal may both send it, and this process must outlast the child.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    whenOrphaned(() => child.kill('SIGTERM'))
    const [code, signal] = await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve([code, signal]))
    })
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    }
    process.exitCode = code ?? 1
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}

/**
 * npm passes SIGTERM to the shell it started, not to what the shell started: the shell dies, npm dies, and this process would stay behind with
 * nobody to stop it. Only under npm: whoever starts this by hand may leave it in the background.
 * @param {() => void} stop
 */
function whenOrphaned(stop) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 250)
  watch.unref()
}
