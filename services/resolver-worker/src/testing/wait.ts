import { setTimeout as pause } from 'node:timers/promises'

/** Waits until a condition holds, which must be within ten seconds. */
export async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('What was waited for did not come about.')
    await pause(5)
  }
}
