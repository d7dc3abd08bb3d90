// Given to `node --import`, so that it runs before the libraries that it watches are loaded.
import { startTelemetry } from '@worksights/runtime/telemetry'

await startTelemetry('coalescer-worker')
