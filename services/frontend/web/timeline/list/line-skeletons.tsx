import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './list.module.css'

/** Lines that are on their way, as high as they will be. */
export function LineSkeletons({ count }: { count: number }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {Array.from({ length: count }, (_, place) => (
        <div key={place} className={classes.waiting}>
          <Skeleton circle height={20} />
          <Skeleton circle height={32} />
          <div>
            <Skeleton height={12} width="55%" />
            <Skeleton height={10} width="30%" mt={12} />
          </div>
        </div>
      ))}
    </div>
  )
}
