import { startGuardian } from '../processes/guardian.ts'
import { startEmbeddedPostgres } from './embedded.ts'

// A process for embedded.int.test.ts to kill: starts Postgres in the folder given, prints its process number and waits.
const [dataDir = ''] = process.argv.slice(2)
const postgres = await startEmbeddedPostgres({ dataDir, durable: false, guardian: startGuardian(), log: () => {} })
console.log(postgres.pid)
setInterval(() => {}, 60_000)
