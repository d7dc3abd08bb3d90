import { spawn } from 'node:child_process'
import { StartError } from '../stack/start-error.ts'

export type Docker = {
  /** Runs a command to its end; what it printed, or a {@link StartError} with the end of that. */
  run(args: readonly string[]): Promise<string>
  /** As `run`, and gives the exit code in place of an error. */
  attempt(args: readonly string[]): Promise<{ code: number; output: string }>
}

/** The container engine's command line: `docker`, or what DOCKER names. */
export function openDocker(cwd: string, tell: (line: string) => void = () => {}): Docker {
  const command = process.env.DOCKER ?? 'docker'
  const attempt = async (args: readonly string[]) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, DOCKER_BUILDKIT: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        tell(text)
      })
    }
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', () =>
        reject(new StartError(`${command} cannot be run. Install Docker or Podman, or name the command in DOCKER.`)),
      )
      child.once('close', code => resolve(code ?? 1))
    })
    return { code, output }
  }
  return {
    attempt,
    async run(args) {
      const { code, output } = await attempt(args)
      if (code === 0) return output.trim()
      throw new StartError(`${command} ${args.join(' ')} failed (${code}):\n${output.trim().split('\n').slice(-25).join('\n')}`)
    },
  }
}
