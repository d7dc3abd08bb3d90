/** What a reader of the timeline should know before reading. */
export function TimelineNotices() {
  return null
}
