import { useTranslation } from 'react-i18next'
import classes from './brand.module.css'

/**
 * The mark (that of public/favicon.svg) and the name. Drawn here and not loaded: where going to the provider fails, oidc-client-ts stops whatever the page is still
 * loading, and the page that says so would show a broken picture.
 */
export function Brand() {
  const { t } = useTranslation('shell')
  return (
    <>
      <svg viewBox="0 0 32 32" width={28} height={28} role="img" aria-label={t('name')} className={classes.mark}>
        <rect width="32" height="32" rx="8" fill="#3b5bdb" />
        <path d="M10 10v12" stroke="#fff" strokeWidth="2.5" />
        <g fill="#fff">
          <circle cx="10" cy="10" r="3.2" />
          <circle cx="10" cy="22" r="3.2" />
          <rect x="16" y="8.5" width="10" height="3" rx="1.5" />
          <rect x="16" y="20.5" width="7" height="3" rx="1.5" />
        </g>
      </svg>
      <span className={classes.name} aria-hidden="true">
        {t('name')}
      </span>
    </>
  )
}
