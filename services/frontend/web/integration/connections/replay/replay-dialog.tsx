import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../../components/problem-alert.tsx'
import { InstantInput } from '../instant-input.tsx'
import type { LogFilters } from '../log/filters.ts'
import { viewersZone } from '../log/times.ts'
import { faultsOf, type ReplayableState, type ReplayRange, rangeOf, replayableStates } from './replay-range.ts'
import { useReplayMany } from './use-replay-many.ts'

type Props = { connection: Connection; filters: LogFilters; opened: boolean; onClose: () => void }

/** Which deliveries to work again: by state and by when they were received. */
export function ReplayDialog({ opened, onClose, ...given }: Props) {
  const { t } = useTranslation('connections')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('replay.title')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'shared' }) }}
      centered
      size={520}
    >
      <ReplayForm {...given} onClose={onClose} />
    </Modal>
  )
}

/** Made anew each time the dialog opens, with what the log is narrowed to by then. */
function ReplayForm({ connection, filters, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('connections')
  const [range, setRange] = useState<ReplayRange>(() => rangeOf(filters))
  const [isTold, setTold] = useState(false)
  const replay = useReplayMany(connection)
  const faults = faultsOf(range)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (faults.length === 0 && !replay.isPending) replay.mutate(range, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('replay.about')}</Text>
        <Checkbox.Group
          label={t('replay.states')}
          value={range.states}
          onChange={states => setRange({ ...range, states: states as ReplayableState[] })}
          error={isTold && faults.includes('noState') && t('replay.noState')}
        >
          <Group mt={8} gap="md">
            {replayableStates.map(state => (
              <Checkbox key={state} value={state} label={t(`state.${state}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <InstantInput label={t('replay.from')} value={range.from} onChange={from => setRange({ ...range, from })} />
          <InstantInput
            label={t('replay.to')}
            value={range.to}
            onChange={to => setRange({ ...range, to })}
            error={faults.includes('wrongOrder') && t('replay.wrongOrder')}
          />
        </SimpleGrid>
        <Text size="xs" c="dimmed">
          {t('replay.anyTime', { zone: viewersZone() })}
        </Text>
        {replay.error && <ProblemAlert error={replay.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'shared' })}
          </Button>
          <Button type="submit" loading={replay.isPending}>
            {t('replay.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
