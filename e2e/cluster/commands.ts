import { execa } from 'execa'
import { RunError } from './steps.ts'

export type Ran = { ok: boolean; stdout: string; stderr: string }

/** `kubectl` and `helm`, bound to one context and namespace. */
export type Commands = {
  /** Runs kubectl; gives what it printed, or throws with what it complained of. */
  kubectl(args: readonly string[], input?: string): Promise<string>
  /** As `kubectl`, and gives a failure in place of throwing it. */
  tryKubectl(args: readonly string[]): Promise<Ran>
  helm(args: readonly string[], input?: string): Promise<string>
  /** The same, ended by this signal in place of the one before; by none, where it is left out. */
  stoppedBy(signal?: AbortSignal): Commands
  kubectlPath: string
  /** What goes in front of the arguments of kubectl. */
  target: readonly string[]
}

export type Tools = { kubectl: string; helm: string }

/** Runs a command to its end, whatever that is. A command that is not there counts as one that failed. */
export async function run(command: string, args: readonly string[], input?: string, signal?: AbortSignal): Promise<Ran> {
  const result = await execa(command, args, {
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(signal ? { cancelSignal: signal } : {}),
    maxBuffer: 256 * 1024 * 1024,
  })
  const { failed, stdout = '', stderr = '', shortMessage = '' } = result
  return { ok: !failed, stdout, stderr: stderr === '' && failed ? shortMessage : stderr }
}

export function openCommands(tools: Tools, context: string, namespace: string, signal?: AbortSignal): Commands {
  const target = ['--context', context, '--namespace', namespace]
  const insist = async (command: string, args: readonly string[], input?: string) => {
    const { ok, stdout, stderr } = await run(command, args, input, signal)
    if (!ok) throw new RunError(`${command} ${args.join(' ')} failed:\n${[stdout, stderr].join('\n').trim().slice(-4_000)}`)
    return stdout
  }
  return {
    target,
    kubectlPath: tools.kubectl,
    kubectl: (args, input) => insist(tools.kubectl, [...target, ...args], input),
    tryKubectl: args => run(tools.kubectl, [...target, ...args], undefined, signal),
    helm: (args, input) => insist(tools.helm, ['--kube-context', context, '--namespace', namespace, ...args], input),
    stoppedBy: other => openCommands(tools, context, namespace, other),
  }
}
