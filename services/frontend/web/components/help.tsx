import { Anchor, Text } from '@mantine/core'
import type { Overview } from '@worksights/api-client'
import { Trans, useTranslation } from 'react-i18next'
import { contactAddress } from './contact.ts'

/** The set-up guide, and whom to ask: what the installation says of itself. Nothing where it says nothing. */
export function Help({ help: { contact, setup_guide_url: guide } }: { help: Overview['help'] }) {
  const { t } = useTranslation()
  if (!contact && !guide) return <span />
  const address = contact && contactAddress(contact)
  return (
    <Text size="sm" c="dimmed">
      {guide && (
        <Anchor href={guide} target="_blank" rel="noreferrer" inherit underline="always">
          {t('help.guide')}
        </Anchor>
      )}
      {guide && contact && ' · '}
      {contact && (
        <Trans
          t={t}
          i18nKey="help.contact"
          values={{ contact }}
          components={{ to: address ? <Anchor href={address} inherit underline="always" /> : <span /> }}
        />
      )}
    </Text>
  )
}
