import { Group } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import { ReauthorizeButton } from './reauthorize-button.tsx'
import { RefreshButton } from './refresh-button.tsx'

/** What an admin does with a connection that is to stay. */
export function ConnectionActions({ connection }: { connection: Connection }) {
  return (
    <Group gap="xs">
      {connection.state !== 'disconnected' && <RefreshButton connection={connection} />}
      <ReauthorizeButton connection={connection} />
    </Group>
  )
}
