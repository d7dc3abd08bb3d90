import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { defaultResource, detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources'

const instanceId = randomUUID()

/**
 * What OpenTelemetry says of this process with each signal: the service, this instance of it, its host, and what OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME
 * add or say otherwise. No command line and no user: an argument can hold a secret.
 */
export function describeProcess(service: string): Resource {
  return defaultResource()
    .merge(
      resourceFromAttributes({
        'service.namespace': 'worksights',
        'service.name': service,
        'service.instance.id': instanceId,
        'host.name': hostname(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }))
}
