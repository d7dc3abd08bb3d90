import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './members-table.module.css'

/** Rows of the height that members have. */
export function MembersSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" className={classes.frame}>
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {[60, 45, 70, 50].map(width => (
        <div key={width} className={classes.ghost}>
          <Skeleton circle height={32} />
          <Skeleton height={14} width={`${width}%`} />
        </div>
      ))}
    </div>
  )
}
