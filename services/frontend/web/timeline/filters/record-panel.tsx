import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RecordChoice } from '@worksights/api-client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { toggled } from './change.ts'
import type { Option } from './choices.ts'
import { ChoicesSkeleton } from './choices-panel.tsx'
import { OptionList } from './option-list.tsx'
import classes from './panel.module.css'
import type { FiltersProps } from './timeline-filters.tsx'
import { rememberRecordName, useRecordNames } from './use-choices.ts'

/** Choosing records, found by typing their names; those that are chosen already stand there from the beginning. */
export function RecordPanel({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('filters')
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const api = useApi()
  const found = useQuery({
    queryKey: keys.records(asked),
    queryFn: ({ signal }) => dataOf(api.GET('/v1/timeline/filters/records', { params: { query: { q: asked } }, signal })),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const chosen = filters.record ?? []
  const nameOfRecord = useRecordNames(chosen)
  const isAsking = typed.trim() !== ''
  const options = isAsking
    ? (found.data?.data ?? []).map(record => toOption(record, t('gone')))
    : chosen.map(id => ({ value: id, name: nameOfRecord(id) ?? '…' }))
  const toggle = ({ value, name }: Option) => {
    rememberRecordName(queries, value, name)
    onChange(toggled(filters, 'record', value))
  }
  return (
    <OptionList
      name={t('names.record')}
      placeholder={t('find.record')}
      options={options}
      chosen={chosen}
      onToggle={toggle}
      typed={typed}
      onType={setTyped}
      instead={
        isAsking && found.isError ? (
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        ) : isAsking && !found.data ? (
          <ChoicesSkeleton />
        ) : options.length > 0 ? undefined : (
          <p className={classes.hint}>{t(isAsking ? 'noMatch' : 'typeToFind')}</p>
        )
      }
    />
  )
}

function toOption({ id, name, object, gone }: RecordChoice, goneWord: string): Option {
  return { value: id, name, note: [object.singular, gone && goneWord].filter(Boolean).join(' · ') || undefined }
}
