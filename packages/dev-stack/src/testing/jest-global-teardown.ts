/** Runs once after all tests: stops what jest-global-setup.ts started. */
export default async function teardown(): Promise<void> {
  await globalThis.stopWorksightsTestRun?.()
}
