import { useTranslation } from 'react-i18next'
import type { FiltersProps } from '../filters/timeline-filters.tsx'
import { categories, type Lines } from './bars.ts'
import { Fill } from './fills.tsx'
import classes from './picture.module.css'

/** What the colours and patterns are, and how much there is of each; to show only one of them. */
export function Legend({ filters, onChange, total }: FiltersProps & { total: Lines | undefined }) {
  const { t } = useTranslation(['picture', 'shared'])
  const shown = filters.category ?? []
  return (
    <ul className={classes.legend} aria-label={t('legend')}>
      {categories.map(category => {
        const isOnly = shown.length === 1 && shown[0] === category
        const isCounted = shown.length === 0 || shown.includes(category)
        return (
          <li key={category}>
            <button
              type="button"
              className={classes.entry}
              aria-pressed={isOnly}
              onClick={() => onChange({ ...filters, category: isOnly ? undefined : [category] })}
            >
              <svg width={12} height={12} aria-hidden="true">
                <Fill category={category} width={12} height={12} rx={2} />
              </svg>
              {t(`shared:categories.${category}`)} {isCounted && <span className={classes.number}>{total?.[category]}</span>}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
