import type { UpkeepOptions } from '@worksights/connections'
import type { LabelBook } from '../labels/book.ts'
import type { Progress } from './progress.ts'

/** What runs are worked with. */
export type Options = UpkeepOptions & {
  book: LabelBook
  /** Told that a connection's deliveries, or its events, are due. */
  deliveriesDue: (connectionId: string) => void
  eventsDue: (connectionId: string) => void
  /** Told at every step and batch that the worker gets on: a run may take much longer than a turn of a queue. */
  alive: () => void
  /** Aborts when this worker is to stop: long runs stop between two batches. */
  stopping: AbortSignal
  /** How long the gateway goes on taking deliveries for an endpoint that was just deleted. */
  endpointsForgottenAfterMs: number
}

/** How a turn of a run ends. */
export type Ending =
  | { outcome: 'done' }
  /** It can never succeed. */
  | { outcome: 'failed'; reason: string }
  /** It may succeed later: a pause, and after some attempts the end. */
  | { outcome: 'again'; reason: string }
  /** There is something to wait for. */
  | { outcome: 'wait'; ms: number }

export type Work = {
  options: Options
  run: { id: string; organizationId: string; connectionId: string; params: unknown; startedAt: Date }
  progress: Progress
  /** No attempt follows this one: what can be done without the others' help is done now. */
  isLastAttempt: boolean
}

export type Kind = { steps: readonly string[]; work(work: Work): Promise<Ending> }
