import { createInterface } from 'node:readline'
import type { GuardianMessage } from './guardian.ts'
import { waitUntilGone } from './process-table.ts'

const watched = new Map<number, 'SIGINT' | 'SIGTERM'>()

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as GuardianMessage
  if ('watch' in message) watched.set(message.watch, message.signal)
  else if ('forget' in message) watched.delete(message.forget)
  else process.exit(0)
}

// The pipe closed without a word: the owner is dead.
for (const [pid, signal] of [...watched].reverse()) {
  if (send(pid, signal) && !(await waitUntilGone(pid, 10_000))) send(pid, 'SIGKILL')
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
