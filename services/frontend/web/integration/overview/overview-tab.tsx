import { Title } from '@mantine/core'

export function OverviewTab() {
  return <Title order={1}>Overview</Title>
}
