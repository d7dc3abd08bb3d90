import type { Transaction } from './connect.ts'

/**
 * Waits until this transaction alone works on the lanes. Lanes share 64 locks a connection, so that a large batch does not fill the server's lock table
 * (`max_locks_per_transaction`); the locks are taken in one order by everybody, so that two batches cannot block each other.
 */
export async function lockLanes(client: Transaction, connectionId: string, lanes: readonly string[]): Promise<void> {
  await client.query({
    name: 'lock-lanes',
    text: `select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended($1 || '/' || (hashtext(lane) & 63), 0) as key from unnest($2::text[]) lane order by key
      ) ordered`,
    values: [connectionId, lanes],
  })
}

/** Waits until this transaction alone works on any lane of the connection. */
export async function lockAllLanes(client: Transaction, connectionId: string): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock(key) from (
       select hashtextextended($1 || '/' || number, 0) as key from generate_series(0, 63) number order by key
     ) ordered`,
    [connectionId],
  )
}
