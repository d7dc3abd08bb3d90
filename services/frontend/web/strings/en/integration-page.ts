import { connections } from './connections.ts'
import { features } from './features.ts'
import { integration } from './integration.ts'
import { overview } from './overview.ts'
import { runs } from './runs.ts'
import { users } from './users.ts'

/** What the four tabs say. */
export const integrationPage = { connections, features, integration, overview, runs, users } as const
