import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Connection } from '@worksights/api-client'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { useShownRuns } from './shown-runs.ts'

type Ending = 'disconnect' | 'erase'
type Props = { connection: Connection; ending: Ending | null; onClose: () => void }

/** Says what ending a connection does, and does it once the workspace's name was typed. */
export function EndDialog({ connection, ending, onClose }: Props) {
  const { t } = useTranslation('overview')
  // What was asked last stays drawn while the dialog fades away.
  const [last, setLast] = useState<Ending>('disconnect')
  if (ending !== null && ending !== last) setLast(ending)
  // Then what is under way gets the focus, since the button that opened this goes away.
  const [isBegun, setBegun] = useState(false)
  const isEnded = connection.state === 'disconnected'
  const titleKey = last === 'erase' && isEnded ? 'end.erase.titleEnded' : (`end.${last}.title` as const)
  return (
    <Modal
      opened={ending !== null}
      onClose={onClose}
      returnFocus={!isBegun}
      centered
      size="lg"
      title={t(titleKey, { workspace: connection.workspace.name })}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'shared' }) }}
    >
      <Form
        connection={connection}
        ending={last}
        onCancel={onClose}
        onBegun={() => {
          setBegun(true)
          onClose()
        }}
      />
    </Modal>
  )
}

type FormProps = { connection: Connection; ending: Ending; onCancel: () => void; onBegun: () => void }

function Form({ connection, ending, onCancel, onBegun }: FormProps) {
  const { t } = useTranslation('overview')
  const { t: shared } = useTranslation()
  const api = useApi()
  const queries = useQueryClient()
  const { show } = useShownRuns()
  const [typed, setTyped] = useState('')
  const { id, workspace } = connection
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      dataOf(api.DELETE('/v1/integrations/attio/connections/{id}', { params: { path: { id }, query: { erase: ending === 'erase' } } })),
    onSuccess(run) {
      show(connection, run)
      // What is being erased is from one moment to the next not there to be asked for.
      if (ending === 'erase') void queries.cancelQueries({ queryKey: keys.connection(id) })
      else void queries.invalidateQueries({ queryKey: keys.connection(id) })
      onBegun()
    },
  })
  const isConfirmed = typed.trim() === workspace.name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isConfirmed && !isPending) mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t(`end.${ending}.intro`, { workspace: workspace.name })}</Text>
        <List size="sm" spacing={4}>
          {(['first', 'second', 'third'] as const).map(point => (
            <List.Item key={point}>{t(`end.${ending}.${point}`)}</List.Item>
          ))}
        </List>
        <TextInput
          label={t('end.type', { workspace: workspace.name })}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
          labelProps={{ mb: 4 }}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        {error && <ProblemAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {shared('cancel')}
          </Button>
          <Button type="submit" color="red.9" disabled={!isConfirmed} loading={isPending}>
            {t(`end.${ending}.do`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
