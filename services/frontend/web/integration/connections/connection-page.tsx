import { Title } from '@mantine/core'

export function ConnectionPage() {
  return <Title order={1}>Connection</Title>
}
