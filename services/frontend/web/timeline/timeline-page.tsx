import { Title } from '@mantine/core'

export function TimelinePage() {
  return <Title order={1}>Timeline</Title>
}
