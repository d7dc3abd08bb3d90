import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDay, viewerZone } from '../query.ts'
import { withPeriod } from './change.ts'
import { dayOf, type Period, periodOf, presetOf, presets } from './periods.ts'
import type { FiltersProps } from './timeline-filters.tsx'

/** Choosing days: by their name, or from and to. */
export function WhenPanel({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('filters')
  const timeZone = viewerZone()
  const today = dayOf(new Date(), timeZone)
  const choose = (period: Period) => onChange(withPeriod(filters, period))
  const chosen = presetOf(filters, today)
  const isAnyTime = !filters.from && !filters.to
  return (
    <Stack gap={12} p={12}>
      <SimpleGrid cols={2} spacing={8} verticalSpacing={8}>
        {presets.map((preset, place) => (
          <Button
            key={preset}
            {...(place === 0 && { 'data-autofocus': true })}
            size="compact-md"
            fz="sm"
            variant={preset === chosen ? 'filled' : 'default'}
            aria-pressed={preset === chosen}
            onClick={() => choose(preset === chosen ? {} : periodOf(preset, today))}
          >
            {t(`presets.${preset}`)}
          </Button>
        ))}
      </SimpleGrid>
      <DayField
        label={t('from')}
        bound={filters.from}
        max={dayIn(filters.to, timeZone) ?? today}
        timeZone={timeZone}
        onChoose={from => choose({ from, to: filters.to })}
      />
      <DayField
        label={t('to')}
        bound={filters.to}
        min={dayIn(filters.from, timeZone)}
        timeZone={timeZone}
        onChoose={to => choose({ from: filters.from, to })}
      />
      {!isAnyTime && (
        <Button size="compact-md" fz="sm" variant="subtle" onClick={() => choose({})}>
          {t('anyTime')}
        </Button>
      )}
    </Stack>
  )
}

type DayFieldProps = {
  label: string
  /** As it stands in the address: a day, a time, or nothing. */
  bound: string | undefined
  min?: string | undefined
  max?: string | undefined
  timeZone: string
  onChoose: (day: string | undefined) => void
}

function DayField({ label, bound, min, max, timeZone, onChoose }: DayFieldProps) {
  const shown = dayIn(bound, timeZone) ?? ''
  const [typed, setTyped] = useState(shown)
  useEffect(() => setTyped(shown), [shown])
  const take = (next: string) => {
    setTyped(next)
    // While a year is being typed it is 0002 and 0020 first.
    if (next === '' || /^(19|2\d)\d\d-/.test(next)) onChoose(next || undefined)
  }
  return (
    <TextInput type="date" label={label} size="sm" min={min} max={max} value={typed} onChange={event => take(event.currentTarget.value)} />
  )
}

/** The day in which a bound of the address lies, if it is any. */
function dayIn(bound: string | undefined, timeZone: string): string | undefined {
  if (!bound || isDay(bound)) return bound
  const at = new Date(bound)
  return Number.isNaN(at.getTime()) ? undefined : dayOf(at, timeZone)
}
