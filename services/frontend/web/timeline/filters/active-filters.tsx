import { IconX } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { clearFilters } from '../query.ts'
import classes from './filters.module.css'
import type { FiltersProps } from './timeline-filters.tsx'
import { useActive } from './use-active.ts'

/** What narrows the view, each to be taken away; the focus then goes to the next one, or to where filters are chosen. */
export function ActiveFilters({ filters, onChange, elsewhere }: FiltersProps & { elsewhere: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('filters')
  const active = useActive(filters)
  const list = useRef<HTMLUListElement>(null)
  const taken = useRef<number | null>(null)
  const count = active.length
  useEffect(() => {
    if (taken.current === null) return
    const left = list.current?.querySelectorAll('button')
    const next = left?.[Math.min(taken.current, count - 1)] ?? elsewhere.current
    taken.current = null
    next?.focus()
  }, [count])
  if (count === 0) return null
  return (
    <ul ref={list} className={classes.chips} aria-label={t('active')}>
      {active.map(({ section, value, name, without }, place) => {
        const said = { name: t(`names.${section}`), value: name ?? '…' }
        return (
          <li key={`${section} ${value}`} className={classes.chip}>
            <span className={classes.chipText}>
              <span className={classes.chipName}>{said.name}</span> {said.value}
            </span>
            <button
              type="button"
              className={classes.chipRemove}
              aria-label={t('remove', said)}
              onClick={() => {
                taken.current = place
                onChange(without)
              }}
            >
              <IconX size={13} stroke={2} aria-hidden="true" />
            </button>
          </li>
        )
      })}
      <li>
        <button
          type="button"
          className={classes.clear}
          onClick={() => {
            taken.current = count
            onChange(clearFilters())
          }}
        >
          {t('clear')}
        </button>
      </li>
    </ul>
  )
}
