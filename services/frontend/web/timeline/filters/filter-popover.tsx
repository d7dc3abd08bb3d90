import { Popover, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { MenuProps } from '../../components/lazy-menu.tsx'
import type { Section } from './change.ts'
import { SectionPanel, SectionsPanel } from './sections-panel.tsx'
import type { FiltersProps } from './timeline-filters.tsx'

/** A filter's button with its panel below; one that holds several filters lists them first. */
export default function FilterPopover({
  sections,
  children,
  className,
  ...props
}: FiltersProps & MenuProps & { sections: readonly Section[] }) {
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  // This button takes the place of the one that was pressed: the focus is here before the panel takes it, and returns here.
  useEffect(() => {
    button.current?.focus({ preventScroll: true })
    setOpened(true)
  }, [])
  const [only] = sections
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={300}
      shadow="md"
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <UnstyledButton ref={button} className={className} onClick={() => setOpened(!opened)}>
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {only && sections.length === 1 ? <SectionPanel section={only} {...props} /> : <SectionsPanel sections={sections} {...props} />}
      </Popover.Dropdown>
    </Popover>
  )
}
