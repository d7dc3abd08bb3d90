import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LazyMenu } from '../../components/lazy-menu.tsx'
import type { TimelineFilters as Filters } from '../query.ts'
import { ActiveFilters } from './active-filters.tsx'
import { countChosen, mainSections, moreSections, type Section } from './change.ts'
import classes from './filters.module.css'
import { SearchField } from './search-field.tsx'

export type FiltersProps = {
  filters: Filters
  /** Shows another view; `replace` where it takes the place of the last one in the history, as while typing. */
  onChange: (next: Filters, how?: { replace?: boolean }) => void
}

const loadPopover = () => import('./filter-popover.tsx')
const loadSheet = () => import('./filter-sheet.tsx')
const all = [...mainSections, ...moreSections]

/** What narrows the timeline: a row of its own, and below it what is chosen. On small screens all but the search is in a sheet. */
export function TimelineFilters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('filters')
  const isSmall = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  // A sheet that is open stays where the screen is turned or the window widened.
  const [isSheetOpen, setSheetOpen] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const props = { filters, onChange }

  const button = (name: string, sections: readonly Section[]) => {
    const count = countChosen(filters, sections)
    return {
      className: classes.button,
      popup: 'dialog' as const,
      children: (
        <>
          {name}
          {count > 0 && (
            <span className={classes.number}>
              {count}
              <VisuallyHidden> {t('chosen')}</VisuallyHidden>
            </span>
          )}
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </>
      ),
    }
  }
  return (
    <search aria-label={t('label')}>
      <div className={classes.row}>
        <SearchField
          inputRef={search}
          text={filters.q ?? ''}
          onSearch={q => onChange({ ...filters, q: q.trim() === '' ? undefined : q }, { replace: true })}
        />
        {isSmall || isSheetOpen ? (
          <LazyMenu load={loadSheet} with={{ ...props, onOpenChange: setSheetOpen }} {...button(t('all'), all)} />
        ) : (
          <>
            {mainSections.map(section => (
              <LazyMenu
                key={section}
                load={loadPopover}
                with={{ ...props, sections: [section] }}
                {...button(t(`names.${section}`), [section])}
              />
            ))}
            <LazyMenu load={loadPopover} with={{ ...props, sections: moreSections }} {...button(t('more'), moreSections)} />
          </>
        )}
      </div>
      <ActiveFilters {...props} elsewhere={search} />
    </search>
  )
}
