import { Button, Group, Skeleton } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { RunProgress } from '../runs/run-progress.tsx'
import { isOver, needsReauthorization } from '../runs/run-view.ts'
import { useRun } from '../runs/use-run.ts'
import { focusContent } from './focus-content.ts'
import { ReauthorizeButton } from './reauthorize-button.tsx'
import { type ShownRun, useShownRuns } from './shown-runs.ts'

/** A long action of a connection, live, with what its result leads on to; until it is dismissed. */
export function RunPanel({ shown, connection }: { shown: ShownRun; connection?: Connection }) {
  const { t } = useTranslation('overview')
  const { run, error, retry } = useRun(shown.id)
  const { dismiss } = useShownRuns()
  const panel = useRef<HTMLDivElement>(null)
  const isEnding = shown.kind === 'disconnect' || shown.kind === 'erase'
  useEffect(() => {
    const { activeElement } = document
    // The dialog that asked for it closes, or the section it stood in went away with its connection: the focus goes on here.
    if (isEnding && (activeElement === document.body || activeElement?.closest('[role="dialog"]'))) panel.current?.focus()
  }, [isEnding])
  const close = () => {
    dismiss(shown.id)
    focusContent()
  }
  if (error) return <ProblemAlert error={error} onRetry={retry} action={{ label: t('dismiss'), run: close }} />
  if (!run) return <Skeleton height={120} />
  return (
    <div ref={panel} tabIndex={-1}>
      <RunProgress run={run} workspace={shown.workspaceName} isNamed={!connection}>
        {isOver(run) && (
          <Group gap="xs">
            {connection && needsReauthorization(run) && <ReauthorizeButton connection={connection} size="xs" variant="filled" />}
            <Button size="xs" variant="default" onClick={close}>
              {t('dismiss')}
            </Button>
          </Group>
        )}
      </RunProgress>
    </div>
  )
}
