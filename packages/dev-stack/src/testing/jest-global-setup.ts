import { startGuardian } from '../processes/guardian.ts'
import { findRedisServer, startTestRedis } from './redis.ts'
import { startTestServer } from './test-server.ts'

declare global {
  // jest loads set-up and teardown as two modules of one process; this is what it offers to hand something over.
  var stopWorksightsTestRun: (() => Promise<void>) | undefined
}

/** Runs once before all tests: offers databases (Postgres itself starts with the first request) and a Redis server where one is installed. */
export default async function setup(): Promise<void> {
  const guardian = startGuardian()
  const executable = await findRedisServer()
  const redis = executable ? await startTestRedis(executable, guardian) : null
  const server = await startTestServer(guardian)
  process.env.WORKSIGHTS_TEST_SERVER = server.url
  if (redis) process.env.WORKSIGHTS_TEST_REDIS = redis.url
  globalThis.stopWorksightsTestRun = async () => {
    await server.close()
    await redis?.close()
    await guardian.dismiss()
  }
}
