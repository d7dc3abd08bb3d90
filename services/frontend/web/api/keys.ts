/*
 * What is kept of the API's answers, by key. A change names here what it makes stale: the first part of a key covers everything below it.
 */
export const keys = {
  me: ['me'],
  /** Everything the timeline page shows. */
  timeline: ['timeline'],
  lines: (filters: object) => ['timeline', 'lines', filters],
  summaries: ['timeline', 'summary'],
  summary: (filters: object) => ['timeline', 'summary', filters],
  gaps: ['timeline', 'gaps'],
  choices: ['timeline', 'choices'],
  records: (typed: string) => ['timeline', 'records', typed],
  recordName: (id: string) => ['timeline', 'record-name', id],
  activity: (id: string) => ['timeline', 'activity', id],
  overview: ['overview'],
  connections: ['connections'],
  connection: (id: string) => ['connections', id],
  /** The logs stand apart from their connections: they are told of what is new, not read anew under whoever reads them. */
  log: (connection: string) => ['log', connection],
  deliveries: (connection: string, ...filters: object[]) => ['log', connection, 'deliveries', ...filters],
  arrivals: (connection: string, filters: object) => ['log', connection, 'arrivals', filters],
  unfinished: (connection: string, filters: object) => ['log', connection, 'unfinished', filters],
  dead: (connection: string) => ['log', connection, 'dead'],
  delivery: (connection: string, id: string) => ['log', connection, 'delivery', id],
  members: ['members'],
  users: ['users'],
  features: ['features'],
  lists: ['lists'],
  run: (id: string) => ['run', id],
} as const
