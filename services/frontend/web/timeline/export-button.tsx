import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LazyMenu } from '../components/lazy-menu.tsx'
import classes from './export.module.css'
import type { TimelineFilters } from './query.ts'

const loadMenu = () => import('./export-menu.tsx')

/** The lines of this view as a file. */
export function ExportButton({ filters }: { filters: TimelineFilters }) {
  const { t } = useTranslation('exports')
  return (
    <LazyMenu load={loadMenu} with={{ filters }} label={t('button')} className={classes.button}>
      <IconDownload size={16} stroke={1.8} aria-hidden="true" />
      <span className={classes.name}>{t('button')}</span>
    </LazyMenu>
  )
}
