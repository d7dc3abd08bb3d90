import { Title } from '@mantine/core'

export function ConnectionsTab() {
  return <Title order={1}>Connections</Title>
}
