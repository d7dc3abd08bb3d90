import { Button, Combobox, Loader, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Member, User } from '@worksights/api-client'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { PersonAvatar } from '../../components/person-avatar.tsx'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { suggestions } from './likeness.ts'
import type { MemberChange } from './members.ts'
import { emailToRegister } from './register.ts'
import classes from './user-picker.module.css'

type Props = { member: Member; onClose: () => void; onChange: (change: MemberChange) => void }

/** Chooses who a member is: by searching the organisation's people, by a name that is alike, or by registering somebody new. */
export default function UserPicker({ member, onClose, onChange }: Props) {
  const { t } = useTranslation('users')
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const combobox = useCombobox({ opened: true })
  const { data, error, isFetching, refetch } = useFound(asked)
  const found = data?.data ?? []
  const alike = asked === '' ? suggestions(member, found) : []
  const others = found.filter(user => !alike.includes(user))
  const email = emailToRegister(member, typed, found)
  const choose = (change: MemberChange) => {
    onClose()
    onChange(change)
  }
  // The first one is what Enter takes.
  const first = found[0]?.id
  useEffect(() => {
    if (first !== undefined) combobox.selectFirstOption()
  }, [first, combobox.selectFirstOption])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('picker.title', { member: member.name ?? member.email ?? t('noName') })}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'shared' }) }}
    >
      <Combobox
        store={combobox}
        onOptionSubmit={id => {
          const user = found.find(each => each.id === id)
          if (user) choose({ mapping: 'manual', user: { id: user.id, name: user.name, email: user.email } })
        }}
      >
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            label={t('picker.search')}
            placeholder={t('picker.placeholder')}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            rightSection={isFetching ? <Loader size={16} /> : null}
            maxLength={200}
            autoComplete="off"
          />
        </Combobox.EventsTarget>
        <ScrollArea.Autosize mah={280} type="auto" className={classes.options}>
          <Combobox.Options aria-label={t('picker.people')}>
            {alike.length > 0 && (
              <Combobox.Group label={t('picker.suggestions')}>
                {alike.map(user => (
                  <Option key={user.id} user={user} />
                ))}
              </Combobox.Group>
            )}
            {others.map(user => (
              <Option key={user.id} user={user} />
            ))}
          </Combobox.Options>
          {data && found.length === 0 && (
            <Text size="sm" c="dimmed" p="xs" role="status">
              {asked === '' ? t('picker.nobodyYet') : t('picker.nobody')}
            </Text>
          )}
        </ScrollArea.Autosize>
      </Combobox>
      {data?.next_cursor && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('picker.more')}
        </Text>
      )}
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {email && (
        <div className={classes.register}>
          <Text size="sm">{t('picker.unknown', { email })}</Text>
          <Text size="sm" c="dimmed">
            {t('picker.registerHint')}
          </Text>
          <Button
            variant="default"
            leftSection={<IconUserPlus size={16} aria-hidden="true" />}
            onClick={() => choose({ mapping: 'register', email })}
            className={classes.registerButton}
          >
            {t('picker.register')}
          </Button>
        </div>
      )}
    </Modal>
  )
}

function Option({ user }: { user: User }) {
  const { t } = useTranslation('users')
  const facts = [
    user.name ? user.email : null,
    user.member_count > 0 ? t('picker.members', { count: user.member_count }) : null,
    user.signed_in ? null : t('picker.neverSignedIn'),
  ].filter(fact => fact !== null)
  return (
    <Combobox.Option value={user.id} className={classes.option}>
      <PersonAvatar name={user.name ?? user.email} size={28} />
      <span>
        <span className={classes.name}>{user.name ?? user.email}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </span>
    </Combobox.Option>
  )
}

function useFound(q: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...keys.users, 'search', q],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/users', { params: { query: { limit: q === '' ? 100 : 20, ...(q && { q }) } }, signal })),
    placeholderData: keepPreviousData,
  })
}
