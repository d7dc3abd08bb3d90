import { Button, Drawer, Group, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuProps } from '../../components/lazy-menu.tsx'
import { clearFilters } from '../query.ts'
import { countChosen, mainSections, moreSections } from './change.ts'
import { SectionsPanel } from './sections-panel.tsx'
import type { FiltersProps } from './timeline-filters.tsx'

const sections = [...mainSections, ...moreSections]

type Props = FiltersProps & MenuProps & { onOpenChange: (opened: boolean) => void }

/** All filters, on a small screen: a sheet from below. */
export default function FilterSheet({ children, className, onOpenChange, ...props }: Props) {
  const { t } = useTranslation(['filters', 'shared'])
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    button.current?.focus({ preventScroll: true })
    setOpened(true)
  }, [])
  useEffect(() => onOpenChange(opened), [opened, onOpenChange])
  const close = () => setOpened(false)
  return (
    <>
      <UnstyledButton ref={button} className={className} aria-haspopup="dialog" aria-expanded={opened} onClick={() => setOpened(true)}>
        {children}
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        size="min(560px, 85dvh)"
        title={t('all')}
        padding="sm"
        closeButtonProps={{ 'aria-label': t('shared:close'), size: 'lg' }}
      >
        <SectionsPanel sections={sections} {...props} />
        <Group grow mt="md" gap="xs">
          <Button variant="default" disabled={countChosen(props.filters, sections) === 0} onClick={() => props.onChange(clearFilters())}>
            {t('clear')}
          </Button>
          <Button onClick={close}>{t('done')}</Button>
        </Group>
      </Drawer>
    </>
  )
}
