import { ProblemAlert } from '../../components/problem-alert.tsx'
import type { Feed } from './feed.ts'
import { useFeedState } from './use-feed.ts'

/** Why the lines below may be old, where trying again by itself would not help. What older lines lack stands below the list. */
export function FeedTrouble({ feed }: { feed: Feed }) {
  const { error } = useFeedState(feed)
  if (!error || error.of === 'older') return null
  return <ProblemAlert error={error.cause} onRetry={() => (error.of === 'stream' ? feed.followAgain() : void feed.readAgain())} />
}
