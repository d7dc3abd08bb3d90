import { type Database, openDatabase, readFromReplica, type Tenant } from '@worksights/database'
import { type Clock, createLogLimit, type Logger, type Metrics } from '@worksights/runtime'

/** A second server for reads of the timeline. */
export type Replica = {
  database: Database
  /** The doors of `tenantOf`, whose reads go to the replica while it can be used. */
  reading(tenantOf: (organizationId: string) => Tenant, primary: Pick<Database, 'pool'>): (organizationId: string) => Tenant
}

export type OpenReplicaOptions = { url: string; poolMax: number; meter: Metrics['meter']; clock: Clock; log: Logger }

/** Opens a pool at the replica; whether that is there is found out by the reads. Reads that the primary answers instead are counted, and logged once a minute. */
export function openReplica({ url, poolMax, meter, clock, log }: OpenReplicaOptions): Replica {
  const database = openDatabase({
    ...{ url, applicationName: 'timeline-api', max: poolMax },
    // The primary is there too: better asked soon than waited for long.
    connectionTimeoutMs: 1_000,
    statementTimeoutMs: 30_000,
    onError: error => log.warn({ err: error }, 'an idle connection to the replica broke'),
  })
  const fallbacks = meter.createCounter('worksights.replica.fallbacks', {
    description: 'Reads that the primary answered in place of the replica, by why',
  })
  const limit = createLogLimit({ everyMs: 60_000, clock })
  return {
    database,
    reading: (tenantOf, primary) =>
      readFromReplica(tenantOf, {
        ...{ primary, replica: database },
        // As at the primary: nobody has all of them.
        atOnce: Math.max(1, Math.ceil(poolMax / 2)),
        onFallback(reason, error) {
          fallbacks.add(1, { reason })
          limit(heldBack => log.warn({ err: error, reason, heldBack }, 'the primary answers reads of the timeline in place of the replica'))
        },
      }),
  }
}
