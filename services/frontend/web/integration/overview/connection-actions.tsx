import { Group } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import type { Concern } from './concerns.ts'
import { ReauthorizeButton } from './reauthorize-button.tsx'
import { RefreshButton } from './refresh-button.tsx'

type Props = { connection: Connection; concerns?: readonly Concern[] }

/** What an admin does with a connection that is to stay; authorising it anew only where no concern offers it already. */
export function ConnectionActions({ connection, concerns = [] }: Props) {
  const isOffered = concerns.some(({ action }) => action === 'reauthorize')
  return (
    <Group gap="xs">
      {connection.state !== 'disconnected' && <RefreshButton connection={connection} />}
      {!isOffered && <ReauthorizeButton connection={connection} />}
    </Group>
  )
}
