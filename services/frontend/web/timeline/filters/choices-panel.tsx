import { Checkbox, Skeleton, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { mostValues, toggled } from './change.ts'
import { type ChoiceFilter, matching, optionsOf } from './choices.ts'
import { OptionList } from './option-list.tsx'
import classes from './panel.module.css'
import type { FiltersProps } from './timeline-filters.tsx'
import { useChoices, useWords } from './use-choices.ts'

/** Workspaces may have thousands of attributes. */
const mostShown = 200

/** Choosing among what there is: few as check boxes, many in a list that typing narrows. */
export function ChoicesPanel({ filter, filters, onChange }: FiltersProps & { filter: ChoiceFilter }) {
  const { t } = useTranslation('filters')
  const words = useWords()
  const choices = useChoices()
  const [typed, setTyped] = useState('')
  const isReady = choices.isSuccess
  const body = useRef<HTMLDivElement>(null)
  // What opened before there was anything to focus.
  useEffect(() => {
    const { activeElement, body: page } = document
    if (isReady && (!activeElement || activeElement === page || activeElement.role === 'dialog')) {
      body.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    }
  }, [isReady])
  if (choices.isError) return <ProblemAlert error={choices.error} onRetry={() => void choices.refetch()} />
  if (!choices.data) return <ChoicesSkeleton />

  const chosen = filters[filter] ?? []
  const options = optionsOf(filter, choices.data, words)
  const toggle = (value: string) => onChange(toggled(filters, filter, value))
  if (options.length === 0) return <p className={classes.hint}>{t('none')}</p>
  if (filter === 'category' || filter === 'feature') {
    return (
      <div ref={body}>
        <Stack component="fieldset" gap={0} className={classes.boxes}>
          <legend className={classes.legend}>{t(`names.${filter}`)}</legend>
          {options.map(({ value, name, note }, place) => (
            <Checkbox
              key={value}
              {...(place === 0 && { 'data-autofocus': true })}
              label={note ? `${name} (${note})` : name}
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
              className={classes.box}
            />
          ))}
        </Stack>
      </div>
    )
  }
  const found = matching(options, typed)
  const shown = found.slice(0, mostShown)
  return (
    <div ref={body}>
      <OptionList
        name={t(`names.${filter}`)}
        placeholder={t(`find.${filter}`)}
        options={shown}
        chosen={chosen}
        onToggle={({ value }) => toggle(value)}
        typed={typed}
        onType={setTyped}
        instead={shown.length === 0 && <p className={classes.hint}>{t('noMatch')}</p>}
      />
      {found.length > shown.length && <p className={classes.hint}>{t('typeForMore', { count: found.length - shown.length })}</p>}
      {chosen.length >= mostValues && <p className={classes.hint}>{t('most', { count: mostValues })}</p>}
    </div>
  )
}

export function ChoicesSkeleton() {
  const { t } = useTranslation()
  return (
    <Stack gap={8} p={12} role="status" aria-label={t('loading')}>
      <Skeleton height={32} />
      <Skeleton height={24} />
      <Skeleton height={24} />
      <Skeleton height={24} />
    </Stack>
  )
}
