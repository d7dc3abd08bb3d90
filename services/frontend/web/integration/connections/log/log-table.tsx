import type { Delivery } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { DeliveryRow } from './delivery-row.tsx'
import classes from './log.module.css'

/** Deliveries, newest first; `open` is the one shown beside them. */
export function LogTable({ rows, open }: { rows: Delivery[]; open: string | undefined }) {
  const { t } = useTranslation('connections')
  return (
    <div className={classes.log}>
      <table className={classes.table} aria-label={t('log.title')}>
        <thead>
          <tr>
            <th scope="col">{t('log.received')}</th>
            <th scope="col">{t('log.came')}</th>
            <th scope="col">{t('log.state')}</th>
            <th scope="col">{t('log.became')}</th>
            <th scope="col">{t('log.tries')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(delivery => (
            <DeliveryRow key={delivery.id} delivery={delivery} isOpen={delivery.id === open} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
