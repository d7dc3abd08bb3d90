import '@mantine/notifications/styles.layer.css'
import { Notifications, notifications } from '@mantine/notifications'
import { createRoot } from 'react-dom/client'
import { Frame } from '../app/frame.tsx'
import { i18n } from '../strings/i18n.ts'

const host = document.body.appendChild(document.createElement('div'))
createRoot(host).render(
  <Frame>
    {/* At the right stand the menus and buttons of rows. */}
    <Notifications position="bottom-left" zIndex={1000} />
  </Frame>,
)

// The component library's grey is too faint.
const legible = { description: { color: 'var(--mantine-color-text)' } }

/** Shows a message in the corner until it was read, longer where it says that something failed. */
export function show({ color, title, message }: { color: string; title?: string; message: string }): void {
  const failed = color === 'red'
  const closeButtonProps = { 'aria-label': i18n.t('shared:close') }
  notifications.show({
    color,
    title,
    message,
    withBorder: true,
    styles: legible,
    closeButtonProps,
    role: failed ? 'alert' : 'status',
    autoClose: failed ? 12_000 : 4_000,
  })
}
