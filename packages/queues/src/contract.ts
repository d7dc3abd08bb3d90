import { z } from 'zod'

/** What a queue carries: who has work, never the work itself, which is rows in Postgres. */
export type HintPayload = { v: 1; connectionId: string }

export type QueueName = 'resolve' | 'coalesce' | 'runs'

export type QueueContract = {
  name: QueueName
  /** Reads a job's data. Throws {@link NewerPayloadError} for what a newer release wrote, a plain Error for what nobody should have. */
  parse(data: unknown): HintPayload
  /** BullMQ's options of every job. */
  jobOptions: typeof jobOptions
}

/** A job of a newer release, to be left for a worker of that release. */
export class NewerPayloadError extends Error {
  readonly version: number

  constructor(queue: QueueName, version: number) {
    super(`A job of queue "${queue}" has version ${version}; this release knows version 1.`)
    this.name = 'NewerPayloadError'
    this.version = version
  }
}

// Attempts and dead letters are Postgres's: a failed job is kept for debugging only, and only some.
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: { count: 500, age: 24 * 60 * 60 } }

const versioned = z.object({ v: z.number().int() })
const payload = z.object({ v: z.literal(1), connectionId: z.uuid() })

export function defineQueue(name: QueueName): QueueContract {
  return {
    name,
    jobOptions,
    parse(data) {
      const version = versioned.safeParse(data)
      if (version.success && version.data.v > 1) throw new NewerPayloadError(name, version.data.v)
      const parsed = payload.safeParse(data)
      if (!parsed.success) throw new Error(`A job of queue "${name}" is not { v: 1, connectionId }: ${z.prettifyError(parsed.error)}`)
      return parsed.data
    },
  }
}
