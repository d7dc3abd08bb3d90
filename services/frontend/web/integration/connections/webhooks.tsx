import { Badge, Text } from '@mantine/core'
import type { Connection, Webhook } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { RelativeTime, relativeTime, useNow } from '../../components/relative-time.tsx'
import classes from './connections.module.css'

/** Through what a workspace delivers, and how that is; those replaced are folded away. */
export function Webhooks({ connection: { webhooks, workspace } }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const present = webhooks.filter(webhook => webhook.retired_at === null)
  const retired = webhooks.filter(webhook => webhook.retired_at !== null)
  const caption = t('webhooks.caption', { name: workspace.name })
  return (
    <>
      {present.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('webhooks.title')}: {t('webhooks.none')}
        </Text>
      ) : (
        <WebhookTable caption={caption} webhooks={present} />
      )}
      {retired.length > 0 && (
        <details className={classes.fold}>
          <summary>{t('webhooks.retiredCount', { count: retired.length })}</summary>
          <Text size="sm" c="dimmed" my={8}>
            {t('webhooks.retiredWhy')}
          </Text>
          <WebhookTable caption={t('webhooks.retiredCount', { count: retired.length })} webhooks={retired} />
        </details>
      )}
    </>
  )
}

function WebhookTable({ caption, webhooks }: { caption: string; webhooks: Webhook[] }) {
  const { t } = useTranslation('connections')
  return (
    <table className={classes.webhooks} aria-label={caption}>
      <thead>
        <tr>
          <th scope="col">{t('webhooks.title')}</th>
          <th scope="col">{t('webhooks.status')}</th>
          <th scope="col">{t('webhooks.checked')}</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map(webhook => (
          <tr key={webhook.id}>
            <th scope="row">{t(`webhooks.${webhook.purpose}`)}</th>
            <td>
              <WebhookStatus webhook={webhook} />
            </td>
            <td>
              <RelativeTime iso={webhook.retired_at ?? webhook.checked_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const colors = { active: 'teal', degraded: 'yellow', inactive: 'red', missing: 'red' } as const

function WebhookStatus({ webhook: { status, degraded_since: since, retired_at } }: { webhook: Webhook }) {
  const { t } = useTranslation('connections')
  const now = useNow()
  if (retired_at !== null) {
    return (
      <Badge variant="light" color="gray" tt="none">
        {t('webhooks.retired')}
      </Badge>
    )
  }
  const known = isKnown(status)
  return (
    <>
      <Badge variant="light" color={known ? colors[status] : 'gray'} tt="none">
        {known ? t(`webhooks.${status}`) : status}
      </Badge>
      {since && <span className={classes.since}>{t('webhooks.degradedSince', { time: relativeTime(since, now) })}</span>}
    </>
  )
}

const isKnown = (status: string): status is keyof typeof colors => Object.hasOwn(colors, status)
