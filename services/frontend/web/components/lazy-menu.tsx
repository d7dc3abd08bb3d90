import { UnstyledButton } from '@mantine/core'
import { type ComponentType, type ReactNode, useState } from 'react'
import { wanted } from './late.tsx'

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
  const [Menu, setMenu] = useState<ComponentType<Props & MenuProps> | null>(null)
  const open = async () => {
    const module = await wanted(load)
    if (module) setMenu(() => module.default)
  }
  // Only what is then opened and missing is worth telling.
  const prepare = () => void load().catch(() => undefined)
  if (Menu) return <Menu {...({ ...given, ...button } as Props & MenuProps)} />
  return (
    <UnstyledButton
      className={button.className}
      aria-label={button.label}
      aria-haspopup={button.popup ?? 'menu'}
      aria-expanded={false}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={() => void open()}
    >
      {button.children}
    </UnstyledButton>
  )
}
