import { useTranslation } from 'react-i18next'
import { locale } from '../../strings/i18n.ts'
import { type ListFilter, listFilters, type TimelineFilters, viewerZone } from '../query.ts'
import { type Section, toggled, withPeriod } from './change.ts'
import { nameOf, shortId } from './choices.ts'
import { boundText, dayOf, presetOf, rangeText } from './periods.ts'
import { useChoices, useRecordNames, useWords } from './use-choices.ts'

/** A value that narrows the view. */
export type Active = {
  section: Section
  value: string
  /** As people read it; null while it is being asked for. */
  name: string | null
  /** The filters but for this. */
  without: TimelineFilters
}

/** Everything chosen, by name: also what a shared link chose and is not to be chosen any more. */
export function useActive(filters: TimelineFilters): Active[] {
  const words = useWords()
  const { t } = useTranslation('filters')
  const ours = listFilters.filter(name => name !== 'record')
  const choices = useChoices({ enabled: ours.some(name => filters[name]?.length) })
  const nameOfRecord = useRecordNames(filters.record ?? [])

  const name = (filter: ListFilter, value: string): string | null => {
    if (filter === 'record') return nameOfRecord(value)
    if (choices.data) return nameOf(filter, value, choices.data, words)
    return choices.isError ? shortId(value) : null
  }
  const chosen = listFilters.flatMap(filter =>
    (filters[filter] ?? []).map(
      (value): Active => ({ section: filter, value, name: name(filter, value), without: toggled(filters, filter, value) }),
    ),
  )
  const when = periodText(filters, t)
  return when === null ? chosen : [...chosen, { section: 'when', value: 'when', name: when, without: withPeriod(filters, {}) }]
}

type Texts = ReturnType<typeof useTranslation<'filters'>>['t']

function periodText({ from, to }: TimelineFilters, t: Texts): string | null {
  const zone = viewerZone()
  const preset = presetOf({ from, to }, dayOf(new Date(), zone))
  if (preset) return t(`presets.${preset}`)
  if (from && to) return rangeText(from, to, locale, zone)
  if (from) return t('since', { from: boundText(from, locale, zone) })
  return to ? t('until', { to: boundText(to, locale, zone) }) : null
}
