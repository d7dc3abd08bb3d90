import { Text } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import { ConnectionFacts } from './connection-facts.tsx'
import { Webhooks } from './webhooks.tsx'

/** Why a connection is as it is, its times and counts, and what delivers to it. */
export function ConnectionReport({ connection }: { connection: Connection }) {
  return (
    <>
      {connection.explanation && (
        <Text size="sm" mt={4}>
          {connection.explanation}
        </Text>
      )}
      <ConnectionFacts connection={connection} />
      <Webhooks connection={connection} />
    </>
  )
}
