import { Title } from '@mantine/core'

export function FeaturesTab() {
  return <Title order={1}>Features</Title>
}
