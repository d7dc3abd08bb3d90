import { useTranslation } from 'react-i18next'
import classes from './brand.module.css'

export function Brand() {
  const { t } = useTranslation('shell')
  return (
    <>
      <img src="/favicon.svg" alt={t('name')} width={28} height={28} className={classes.mark} />
      <span className={classes.name} aria-hidden="true">
        {t('name')}
      </span>
    </>
  )
}
