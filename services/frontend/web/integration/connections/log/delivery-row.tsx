import { Link } from '@tanstack/react-router'
import type { Delivery } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { exactTime } from '../../../components/relative-time.tsx'
import { DeliveryStateBadge } from './delivery-state.tsx'
import { useTypeName } from './event-types.ts'
import classes from './log.module.css'
import { useReasonText } from './reason-text.ts'
import { clockTime } from './times.ts'
import { Tries } from './tries.tsx'

/** One delivery as a row: all of it opens the delivery beside the log. */
export function DeliveryRow({ delivery, isOpen }: { delivery: Delivery; isOpen: boolean }) {
  return (
    <tr className={classes.row} data-open={isOpen || undefined}>
      <th scope="row" className={classes.received}>
        <Link
          to="."
          search={previous => ({ ...previous, delivery: delivery.id })}
          resetScroll={false}
          className={classes.open}
          aria-haspopup="dialog"
        >
          <time dateTime={delivery.received_at} title={exactTime(delivery.received_at)}>
            {clockTime(delivery.received_at)}
          </time>
        </Link>
      </th>
      <td className={classes.came}>
        <What types={delivery.event_types} />
      </td>
      <td className={classes.state}>
        <DeliveryStateBadge state={delivery.state} />
      </td>
      <td className={classes.became}>
        <Outcome delivery={delivery} />
      </td>
      <td className={classes.tries}>
        <Tries delivery={delivery} />
      </td>
    </tr>
  )
}

function What({ types }: { types: string[] }) {
  const { t } = useTranslation('connections')
  const name = useTypeName()
  const counts = new Map<string, number>()
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1)
  const [[first, times] = ['', 0], ...others] = [...counts]
  if (times === 0) return '–'
  return (
    <>
      {times > 1 ? t('log.times', { what: name(first), number: times }) : name(first)}
      {others.length > 0 && <small>{t('log.moreKinds', { count: others.length })}</small>}
    </>
  )
}

/** The lines it became part of, or why there is none. */
function Outcome({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('connections')
  const text = useReasonText()
  const lines = new Map(delivery.events.flatMap(event => (event.activity_id ? [[event.activity_id, event] as const] : [])))
  const [first, ...others] = lines.values()
  if (delivery.reason) return text(delivery.reason)
  if (!first) return text(delivery.events.find(event => event.reason)?.reason ?? null) || '–'
  return (
    <>
      {first.activity_title}
      {first.hidden_by && <span className={classes.hidden}> · {t('log.hidden')}</span>}
      {others.length > 0 && <small>{t('log.moreLines', { count: others.length })}</small>}
    </>
  )
}
