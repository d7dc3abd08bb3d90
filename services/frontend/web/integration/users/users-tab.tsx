import { Title } from '@mantine/core'

export function UsersTab() {
  return <Title order={1}>Users</Title>
}
