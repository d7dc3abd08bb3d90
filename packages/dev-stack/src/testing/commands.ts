import { spawn } from 'node:child_process'

/**
 * Runs a command on this terminal, or with `quiet` shows its output only if it fails. Resolves to whether it succeeded; one that is not
 * there counts as failed.
 */
export async function succeeds(
  command: string,
  args: string[],
  options: { quiet?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<boolean> {
  const child = spawn(command, args, {
    stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...options.env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += String(chunk)))
  const ok = await new Promise<boolean>(resolve => {
    child.once('error', () => resolve(false))
    child.once('close', code => resolve(code === 0))
  })
  if (!ok) process.stderr.write(output)
  return ok
}
