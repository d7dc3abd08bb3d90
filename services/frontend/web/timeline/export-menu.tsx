import { Menu, UnstyledButton } from '@mantine/core'
import { IconBraces, IconTable } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../api/answers.ts'
import { useApi } from '../api/context.tsx'
import type { MenuProps } from '../components/lazy-menu.tsx'
import { tellDone, tellFailed } from '../components/notify.ts'
import { sum } from './picture/bars.ts'
import { useSummary } from './picture/use-summary.ts'
import { type TimelineFilters, toQuery, viewerZone } from './query.ts'

const formats = { csv: IconTable, ndjson: IconBraces } as const

/** Which kind of file. The browser fetches it by a ticket, since a download carries no token. */
export default function ExportMenu({ filters, children, label, className }: MenuProps & { filters: TimelineFilters }) {
  const { t } = useTranslation('exports')
  const api = useApi()
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    button.current?.focus({ preventScroll: true })
    setOpened(true)
  }, [])
  // Without a beginning nothing counts all lines; they are exported all the same.
  const counted = useSummary(filters, 'day', { enabled: opened && Boolean(filters.from) })
  const count = counted.data && !counted.isPlaceholderData ? sum(counted.data.total) : null
  const { mutate, isPending } = useMutation({
    mutationFn: (format: keyof typeof formats) =>
      dataOf(api.POST('/v1/timeline/export-tickets', { body: { ...toQuery(filters, viewerZone()), format } })),
    onSuccess: ({ download_url: href }) => {
      download(href)
      void tellDone(t('begun'))
    },
    onError: tellFailed,
  })
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton ref={button} aria-label={label} className={className} data-busy={isPending || undefined}>
          {children}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{count === null ? t('all') : t('some', { count })}</Menu.Label>
        {(Object.keys(formats) as (keyof typeof formats)[]).map(format => {
          const Icon = formats[format]
          return (
            <Menu.Item key={format} leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />} onClick={() => mutate(format)}>
              {t(format)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The server says that it is a file, so the page stays. */
function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.rel = 'noreferrer'
  link.click()
}
