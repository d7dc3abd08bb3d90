import { setTimeout as pause } from 'node:timers/promises'

/** Until when a check asks again. */
export type Deadline = { passed(): boolean }

/** `seconds` from now. */
export function deadlineIn(seconds: number): Deadline {
  const end = performance.now() + seconds * 1_000
  return { passed: () => performance.now() >= end }
}

const pauseMs = 1_000

/** Asks, and asks again each second until the deadline where what came may pass by itself: an answer, or what was thrown. Gives, or throws, what came last. */
export async function patiently<T>(
  ask: () => Promise<T>,
  { deadline, mayPass }: { deadline: Deadline; mayPass: (came: { answer: T } | { error: unknown }) => boolean },
): Promise<T> {
  for (;;) {
    const came = await ask().then(
      answer => ({ answer }),
      (error: unknown) => ({ error }),
    )
    if (deadline.passed() || !mayPass(came)) {
      if ('answer' in came) return came.answer
      throw came.error
    }
    await pause(pauseMs)
  }
}
