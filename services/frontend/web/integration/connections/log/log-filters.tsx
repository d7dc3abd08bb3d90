import { Button, Chip, Group, MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { InstantInput } from '../instant-input.tsx'
import { DeadCount } from './dead-count.tsx'
import { stateColors } from './delivery-state.tsx'
import { knownTypes, useTypeName } from './event-types.ts'
import { deliveryStates, isNarrowed, type LogFilters } from './filters.ts'
import classes from './log.module.css'

type Props = { connectionId: string; filters: LogFilters; onChange: (filters: LogFilters) => void; onClear: () => void }

/** What the log is narrowed by: states, what came, and when. */
export function LogFilterBar({ connectionId, filters, onChange, onClear }: Props) {
  const { t } = useTranslation('connections')
  const typeName = useTypeName()
  // Types of the address that have no name here can be seen and taken away too.
  const types = [...new Set([...knownTypes, ...(filters.event_type ?? [])])]
  const setStates = (chosen: string[]) => onChange({ ...filters, state: deliveryStates.filter(state => chosen.includes(state)) })
  return (
    <search aria-label={t('filters.label')} className={classes.filters}>
      <fieldset className={classes.states}>
        <legend>{t('filters.states')}</legend>
        <Chip.Group multiple value={filters.state ?? []} onChange={setStates}>
          <Group gap={6}>
            {deliveryStates.map(state => (
              <Chip key={state} value={state} size="sm" variant="light" color={stateColors[state]}>
                {t(`state.${state}`)}
                {state === 'dead' && <DeadCount connectionId={connectionId} />}
              </Chip>
            ))}
            {isNarrowed(filters) && (
              <Button variant="subtle" size="compact-sm" onClick={onClear}>
                {t('filters.clear')}
              </Button>
            )}
          </Group>
        </Chip.Group>
      </fieldset>
      <MultiSelect
        className={classes.types}
        label={t('filters.types')}
        placeholder={filters.event_type ? undefined : t('filters.anyType')}
        data={types.map(value => ({ value, label: typeName(value) }))}
        value={filters.event_type ?? []}
        onChange={event_type => onChange({ ...filters, event_type })}
        searchable
        hidePickedOptions
        size="sm"
        // In its landmark, and scrolled by the list itself, which the field's keys move through.
        comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }}
        withScrollArea={false}
        classNames={{ input: classes.pills, inputField: classes.pillsField, options: classes.options }}
      />
      <InstantInput label={t('filters.from')} value={filters.from} onChange={from => onChange({ ...filters, from })} />
      <InstantInput label={t('filters.to')} value={filters.to} onChange={to => onChange({ ...filters, to })} />
    </search>
  )
}
