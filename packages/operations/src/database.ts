import { type Database, openDatabase, seesEverything } from '@worksights/database'
import { verifiedUrl } from '@worksights/runtime'

/** The command cannot do its work, for a reason an operator can mend. The message says how. */
export class CommandFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CommandFailure'
  }
}

/** `relation does not exist`: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const undefinedTable = '42P01'

/** Where a command's configuration says the database is. */
export type DatabaseAt = { DATABASE_URL: string; DATABASE_CA_FILE?: string | undefined }

/** Works with the database of the configuration, which must show every organisation's rows, and closes it. */
export async function withDatabase<T>(config: DatabaseAt, work: (database: Database) => Promise<T>): Promise<T> {
  // A connection that breaks while idle is told by the statement that needs it.
  const database = openDatabase({
    url: verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE),
    applicationName: 'worksights-operations',
    max: 4,
    onError: () => {},
  })
  try {
    await requireSight(database)
    return await work(database)
  } finally {
    await database.close()
  }
}

async function requireSight(database: Database): Promise<void> {
  const sees = await seesEverything(database.pool).catch((error: unknown) => {
    const isEmpty = error instanceof Error && 'code' in error && error.code === undefinedTable
    throw isEmpty ? new CommandFailure('The database has no tables yet. Run `worksights migrate` first.') : error
  })
  if (!sees) {
    throw new CommandFailure(
      'The login of DATABASE_URL does not see every organisation. Use the owner of the tables, or a login in role worksights_worker.',
    )
  }
}
