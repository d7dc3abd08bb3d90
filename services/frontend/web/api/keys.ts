/*
 * What is kept of the API's answers, by key. A change names here what it makes stale: the first part of a key covers everything below it.
 */
export const keys = {
  me: ['me'],
  /** Everything the timeline page shows. */
  timeline: ['timeline'],
  lines: (filters: object) => ['timeline', 'lines', filters],
  summary: (filters: object) => ['timeline', 'summary', filters],
  gaps: ['timeline', 'gaps'],
  choices: ['timeline', 'choices'],
  activity: (id: string) => ['timeline', 'activity', id],
  overview: ['overview'],
  connections: ['connections'],
  connection: (id: string) => ['connections', id],
  deliveries: (connection: string, filters: object) => ['connections', connection, 'deliveries', filters],
  delivery: (connection: string, id: string) => ['connections', connection, 'delivery', id],
  members: ['members'],
  users: ['users'],
  features: ['features'],
  lists: ['lists'],
  run: (id: string) => ['run', id],
} as const
