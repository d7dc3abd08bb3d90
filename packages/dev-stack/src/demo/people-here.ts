import { mintToken, people } from '@worksights/identity-provider'
import { z } from 'zod'
import { type Api, openApi } from './api.ts'

const HOUR = 3_600_000

/** The API as one of the made-up people sees it. The token, good for 12 h, is asked anew after 11. */
export function apiOf(email: string, urls: { api: string; identity: string }): Api {
  let minted: { at: number; token: Promise<string> } | undefined
  return openApi(urls.api, () => {
    if (!minted || Date.now() - minted.at > 11 * HOUR) minted = { at: Date.now(), token: mintToken(urls.identity, email) }
    return minted.token
  })
}

/** Colleagues who appear on the timeline and never sign in here. The contractor Mary Shelley and the suspended Alan Kay are left out on purpose. */
const colleagues = [
  { email: 'katherine.johnson@northwind.example', name: 'Katherine Johnson', org: 'northwind' },
  { email: 'edsger.dijkstra@northwind.example', name: 'Edsger Dijkstra', org: 'northwind' },
]

/** Registers the team of an organisation as users, whom members of Attio are then mapped to by e-mail. */
export async function registerTeam(admin: Api, organization: string): Promise<void> {
  const team = [...people, ...colleagues].filter(({ org }) => org === organization)
  const users = team.map(({ email, name }) => ({ email, name }))
  await admin.call('POST', '/v1/users', z.unknown(), { users })
}
