import { type MantineColorScheme, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import type { Me } from '@worksights/api-client'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuProps } from '../components/lazy-menu.tsx'
import { useSession } from '../sign-in/session-context.tsx'

const schemes = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop }

/** Who is signed in, of which organisation, as what; the colours of this browser; and out. It can be left also while it is not known who one is. */
export default function AccountMenu({ me, children, label, className }: MenuProps & { me: Me | undefined }) {
  const { t } = useTranslation('shell')
  const { session } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  // This button takes the place of the one that was pressed: the focus is here before the menu takes it, and returns here.
  useEffect(() => {
    button.current?.focus({ preventScroll: true })
    setOpened(true)
  }, [])
  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <UnstyledButton ref={button} aria-label={label} className={className}>
          {children}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <>
            <Menu.Label>
              <Text size="sm" fw={600} c="var(--mantine-color-text)">
                {me.user?.name ?? me.user?.email}
              </Text>
              <Text size="xs">{me.user?.email}</Text>
              <Text size="xs" mt={4}>
                {me.organization.name} · {t(me.role)}
              </Text>
            </Menu.Label>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('theme.label')}</Menu.Label>
        {(Object.keys(schemes) as MantineColorScheme[]).map(scheme => {
          const Icon = schemes[scheme]
          return (
            <Menu.Item
              key={scheme}
              role="menuitemradio"
              aria-checked={scheme === colorScheme}
              leftSection={<Icon size={16} stroke={1.6} />}
              rightSection={scheme === colorScheme ? <IconCheck size={16} /> : null}
              closeMenuOnClick={false}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`theme.${scheme}`)}
            </Menu.Item>
          )
        })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void session.signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
