import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Member, Members } from '@worksights/api-client'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { tellDone, tellFailed } from '../../components/notify.ts'
import { i18n } from '../../strings/i18n.ts'
import { changed, effect, type MemberChange, type MemberPages, type MemberState, withMember } from './members.ts'

/** Attio members by name, and how many there are in each state. */
export function useMembers(filters: { state: MemberState | undefined; connection: string | undefined }) {
  const api = useApi()
  const { state, connection } = filters
  return useInfiniteQuery({
    queryKey: [...keys.members, filters],
    queryFn: ({ pageParam, signal }): Promise<Members> => {
      const query = {
        limit: 100,
        ...(state && { state: [state] }),
        ...(connection && { connection }),
        ...(pageParam && { cursor: pageParam }),
      }
      return dataOf(api.GET('/v1/integrations/attio/members', { params: { query }, signal }))
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
    // The counts stay in place while another state is asked for.
    placeholderData: keepPreviousData,
  })
}

type Asked = { member: Member; change: MemberChange }

/** What is counted or shown by whom a member is. */
const changedByMapping = [keys.members, keys.users, keys.timeline, keys.overview, keys.features]

/** Changes whom a member is mapped to: shown at once, taken back where the API refuses. `afterwards` when the lists were read anew. */
export function useChangeMember(afterwards: () => void) {
  const api = useApi()
  const queries = useQueryClient()
  const put = (member: Member) => queries.setQueriesData<MemberPages>({ queryKey: keys.members }, kept => kept && withMember(kept, member))

  async function ask({ member, change }: Asked): Promise<Member> {
    const params = { path: { id: member.id }, query: { connection: member.connection.id } }
    const patch = async (body: { mapping: 'manual'; user_id: string } | { mapping: 'none' | 'excluded' | 'auto' }) =>
      dataOf(api.PATCH('/v1/integrations/attio/members/{id}', { params, body }))
    if (change.mapping === 'manual') return await patch({ mapping: 'manual', user_id: change.user.id })
    if (change.mapping !== 'register') return await patch({ mapping: change.mapping })
    const { data } = await dataOf(api.POST('/v1/users', { body: { users: [{ email: change.email, name: member.name }] } }))
    const [user] = data
    // One with the member's own e-mail is who the member is from now on, by e-mail as everybody else.
    if (!user || user.email.toLowerCase() === member.email?.trim().toLowerCase()) return await patch({ mapping: 'auto' })
    return await patch({ mapping: 'manual', user_id: user.id })
  }

  return useMutation({
    mutationFn: ask,
    async onMutate({ member, change }) {
      // An answer that is on its way would put back what was before.
      await queries.cancelQueries({ queryKey: keys.members })
      put(changed(member, change))
    },
    onSuccess(now, { member }) {
      put(now)
      void tellDone(told(member, now))
    },
    onError(error, { member }) {
      put(member)
      void tellFailed(error)
    },
    async onSettled() {
      await Promise.all(changedByMapping.map(queryKey => queries.invalidateQueries({ queryKey })))
      afterwards()
    },
  })
}

/** `Mary Shelley is mapped to Mary. 41 activities are shown now.` */
function told(before: Member, now: Member): string {
  const t = i18n.getFixedT(null, 'users')
  const member = now.name ?? now.email ?? t('noName')
  const done = t(`done.${now.state}`, { member, user: now.user?.name ?? now.user?.email ?? '' })
  const did = effect(before, now)
  return did ? `${done} ${t(`done.${did.what}`, { count: did.count })}` : done
}
