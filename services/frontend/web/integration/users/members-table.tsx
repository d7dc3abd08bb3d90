import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Member, User } from '@worksights/api-client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { late } from '../../components/late.tsx'
import { PersonAvatar } from '../../components/person-avatar.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { suggestions } from './likeness.ts'
import { MappedTo } from './mapped-to.tsx'
import { MemberActions } from './member-actions.tsx'
import { isSame } from './members.ts'
import classes from './members-table.module.css'
import { useChangeMember } from './use-members.ts'

const UserPicker = late(() => import('./user-picker.tsx'))

type Props = {
  members: readonly Member[]
  severalWorkspaces: boolean
  isAdmin: boolean
  isStale: boolean
  onSettled: () => void
}

/** A row each; where it is narrow, one below the other. */
export function MembersTable({ members, severalWorkspaces, isAdmin, isStale, onSettled }: Props) {
  const { t } = useTranslation('users')
  const { mutate } = useChangeMember(onSettled)
  const [picking, setPicking] = useState<Member | null>(null)
  const users = useUsers(isAdmin && members.some(({ state }) => state === 'unmapped'))
  return (
    <div className={classes.frame} data-stale={isStale}>
      <table className={classes.table} data-admin={isAdmin}>
        <caption className={classes.caption}>{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columns.member')}</th>
            {severalWorkspaces && <th scope="col">{t('columns.workspace')}</th>}
            <th scope="col">{t('columns.user')}</th>
            <th scope="col" className={classes.number}>
              {t('columns.hidden')}
            </th>
            <th scope="col">{t('columns.synced')}</th>
            {isAdmin && (
              <th scope="col">
                <span className={classes.caption}>{t('columns.change')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {members.map(member => (
            <tr key={`${member.connection.id}/${member.id}`} data-state={member.state}>
              <th scope="row">
                <Who member={member} />
              </th>
              {severalWorkspaces && <td className={classes.workspace}>{member.connection.workspace_name}</td>}
              <td className={classes.user}>
                <MappedTo
                  member={member}
                  suggested={member.state === 'unmapped' && member.mapping === 'auto' ? suggestions(member, users)[0] : undefined}
                  onMap={user => mutate({ member, change: { mapping: 'manual', user } })}
                />
              </td>
              <td className={classes.number} data-none={member.hidden_activities === 0}>
                {member.hidden_activities > 0 && t('hidden', { count: member.hidden_activities })}
              </td>
              <td className={classes.synced}>
                <span className={classes.label}>{t('columns.synced')} </span>
                <RelativeTime iso={member.synced_at} />
              </td>
              {isAdmin && (
                <td className={classes.actions}>
                  <MemberActions member={member} onPick={() => setPicking(member)} onChange={change => mutate({ member, change })} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {picking && (
        <UserPicker
          member={members.find(member => isSame(member, picking)) ?? picking}
          onClose={() => setPicking(null)}
          onChange={change => mutate({ member: picking, change })}
        />
      )}
    </div>
  )
}

function Who({ member }: { member: Member }) {
  const { t } = useTranslation('users')
  const { name, email, avatar_url, access_level } = member
  return (
    <span className={classes.who}>
      <PersonAvatar name={name ?? email} url={avatar_url} size={32} />
      <span className={classes.names}>
        <span className={classes.name}>
          {name ?? t('noName')}
          {access_level === 'suspended' && (
            <Badge variant="light" color="yellow" size="sm" tt="none">
              {t('suspended')}
            </Badge>
          )}
          {access_level === 'admin' && (
            <Badge variant="light" color="gray" size="sm" tt="none">
              {t('admin')}
            </Badge>
          )}
        </span>
        {email && <span className={classes.email}>{email}</span>}
      </span>
    </span>
  )
}

/** The first 500 of the organisation, to find names that are alike among them. */
function useUsers(wanted: boolean): readonly User[] {
  const api = useApi()
  const { data } = useQuery({
    queryKey: [...keys.users, 'first'],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/users', { params: { query: { limit: 500 } }, signal })),
    enabled: wanted,
  })
  return data?.data ?? []
}
