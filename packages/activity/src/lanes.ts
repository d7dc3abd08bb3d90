import type { EventFacts } from './facts.ts'

/*
 * A lane is what has to be seen together to tell the lines of one subject, and no more: consolidation of a lane never looks into another, so lanes
 * can be worked side by side. Changes of a record or an entry have a lane a member, apart from the lane of the subject's life, because they are
 * many; tasks, notes and comments have one lane each.
 */

export type Lanes = {
  lane: string
  /** A merge also has a say in the lane of the original it swallowed: that one's deletion is part of the merge. */
  alsoLane: string | null
}

/** The lanes of an event within its connection. */
export function lanesOf(facts: EventFacts): Lanes {
  switch (facts.family) {
    case 'record': {
      const life = `record/${facts.record.id}`
      if (facts.kind === 'record.updated') return { lane: `${life}/updated/${facts.actor.memberId}`, alsoLane: null }
      return { lane: life, alsoLane: facts.duplicate ? `record/${facts.duplicate.id}` : null }
    }
    case 'entry': {
      const life = `entry/${facts.entryId}`
      return { lane: facts.kind === 'list-entry.updated' ? `${life}/updated/${facts.actor.memberId}` : life, alsoLane: null }
    }
    case 'note':
      return { lane: `note/${facts.note.id}`, alsoLane: null }
    case 'comment':
      return { lane: `comment/${facts.commentId}`, alsoLane: null }
    case 'task':
      return { lane: `task/${facts.taskId}`, alsoLane: null }
    case 'call':
      return { lane: `call/${facts.recordingId}`, alsoLane: null }
  }
}

/**
 * How much of a lane consolidation must be given: a `segment` lane can be long, and a pause longer than `maxWindowMs` cuts it into parts that do not
 * touch each other.
 */
export function laneExtent(lane: string): 'whole' | 'segment' {
  return lane.includes('/updated/') ? 'segment' : 'whole'
}

/** The longest consolidation window that may be configured: what makes a pause in a lane a sure cut. */
export const maxWindowMs = 60 * 60_000
/** Product default: edits within ten minutes are one line. */
export const defaultWindowMs = 10 * 60_000
