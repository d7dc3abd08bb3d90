import { changeLists, type Database, type Executor, type LabelType } from '@worksights/database'

export type Keep = ReturnType<typeof createKeep>

/**
 * Makes the one way labels are written. What is learned of lists decides whose lines show: open streams are told, and where a list shows now, `runsDue` is
 * told of the connection, since what was withheld for the list is to be worked again.
 */
export function createKeep({ database, runsDue }: { database: Database; runsDue: (connectionId: string) => void }) {
  return async function keep(
    source: { connectionId: string; organizationId: string },
    labels: readonly { type: LabelType }[],
    write: (executor: Executor) => Promise<void>,
  ): Promise<void> {
    if (!labels.some(label => label.type === 'list')) return await write(database.pool)
    const connection = { id: source.connectionId, organizationId: source.organizationId }
    const { run } = await database.transaction(client => changeLists(client, connection, () => write(client)))
    if (run) runsDue(source.connectionId)
  }
}
