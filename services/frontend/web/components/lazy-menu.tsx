import { UnstyledButton } from '@mantine/core'
import { type ComponentType, lazy, type ReactNode, Suspense, useMemo, useState } from 'react'

export type MenuProps = {
  /** What opens it, as the menu draws it too. */
  children: ReactNode
  /** The button's name where its content does not say it. */
  label?: string
  className?: string | undefined
  /** What opens. */
  popup?: 'menu' | 'dialog'
}

/**
 * A button whose menu is loaded when a pointer or the focus comes near it: menus are a third of the component library, and few visits open one.
 * `load` gives the menu, which draws the same button and begins open.
 */
export function LazyMenu<Props extends object>({
  load,
  with: given,
  ...button
}: MenuProps & { load: () => Promise<{ default: ComponentType<Props & MenuProps> }>; with: Props }) {
  const [opened, setOpened] = useState(false)
  const Loaded = useMemo(() => lazy(load), [load])
  const closed = (
    <UnstyledButton
      className={button.className}
      aria-label={button.label}
      aria-haspopup={button.popup ?? 'menu'}
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setOpened(true)}
    >
      {button.children}
    </UnstyledButton>
  )
  if (!opened) return closed
  const props = { ...given, ...button } as Props & MenuProps
  return (
    <Suspense fallback={closed}>
      <Loaded {...props} />
    </Suspense>
  )
}
