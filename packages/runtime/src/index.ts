export { type AdminServerOptions, type Check, createAdminServer } from './admin-server.ts'
export { type Clock, systemClock } from './clock.ts'
export { ConfigError, type ConfigFault, loadConfig, loadConfigOrExit } from './config.ts'
export {
  caFile,
  databaseFields,
  databaseUrl,
  encryptionKeys,
  httpUrl,
  logLevel,
  oneKindOfQueue,
  port,
  queueAt,
  queueFields,
  verifiedUrl,
  wholeNumber,
} from './config-fields.ts'
export { type ConsumptionProbe, type ConsumptionState, createConsumptionProbe, evaluate } from './consumption.ts'
export { httpMetrics } from './http-metrics.ts'
export { type Listener, listen } from './http-server.ts'
export { createKeyRing, type KeyRing, type Sealed, SealedSecretError, type SealedSecretFault } from './key-ring.ts'
export { createLogLimit } from './log-limit.ts'
export { createLogger, describeError, type Logger } from './logger.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { type FieldError, internalError, noSuchRoute, Problem, type ProblemOptions, problemHandler } from './problem.ts'
export { requestIdOf, requestIds } from './request-id.ts'
export { serviceConfig, startService } from './service.ts'
export { createShutdown, type Shutdown } from './shutdown.ts'
export { isTracing } from './telemetry.ts'
export { currentTrace, describeSpan, recordSpan, untraced } from './tracing.ts'
export { within } from './within.ts'
