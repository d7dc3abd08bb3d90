import { ActionIcon, Button, Menu, Text } from '@mantine/core'
import { IconDots, IconEyeOff, IconLinkOff, IconMail, IconUserEdit } from '@tabler/icons-react'
import type { Member } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import classes from './member-actions.module.css'
import type { MemberChange } from './members.ts'

type Props = { member: Member; onPick: () => void; onChange: (change: MemberChange) => void }

/** What an admin can say of a member. */
export function MemberActions({ member, onPick, onChange }: Props) {
  const { t } = useTranslation('users')
  const { state, mapping } = member
  const name = member.name ?? member.email ?? t('noName')
  const item = (text: 'unmap' | 'exclude' | 'follow', change: MemberChange, Icon: typeof IconDots) => (
    <Menu.Item leftSection={<Icon size={16} stroke={1.6} />} onClick={() => onChange(change)}>
      {t(text)}
      <Text size="xs" c="dimmed">
        {t(`${text}Hint`)}
      </Text>
    </Menu.Item>
  )
  return (
    <div className={classes.actions}>
      {state === 'unmapped' && (
        <Button size="xs" variant="default" onClick={onPick} aria-label={t('mapMember', { member: name })}>
          {t('map')}
        </Button>
      )}
      <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={30} className={classes.options} aria-label={t('options', { member: name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state !== 'unmapped' && (
            <Menu.Item leftSection={<IconUserEdit size={16} stroke={1.6} />} onClick={onPick}>
              {state === 'mapped' ? t('mapAnew') : t('map')}
            </Menu.Item>
          )}
          {mapping !== 'auto' && item('follow', { mapping: 'auto' }, IconMail)}
          {state !== 'unmapped' && item('unmap', { mapping: 'none' }, IconLinkOff)}
          {state !== 'excluded' && item('exclude', { mapping: 'excluded' }, IconEyeOff)}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
