import { Button, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Brand } from '../app/brand.tsx'
import { usePageTitle } from '../components/use-page-title.ts'
import classes from './quiet-page.module.css'

/** A page outside of the app: before signing in, after signing out, and where the app cannot start. */
export function QuietPage({ title, detail, action }: { title: string; detail?: ReactNode; action?: { label: string; run: () => void } }) {
  usePageTitle(title)
  return (
    <main className={classes.page}>
      <Stack align="center" gap="md" maw={440}>
        <div className={classes.brand}>
          <Brand />
        </div>
        <Title order={1} size="h2" ta="center">
          {title}
        </Title>
        {detail && (
          <Text component="div" c="dimmed" ta="center">
            {detail}
          </Text>
        )}
        {action && <Button onClick={action.run}>{action.label}</Button>}
      </Stack>
    </main>
  )
}
