import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Answer, askPatiently, described, parseJson } from './ask.ts'
import type { Finding } from './finding.ts'
import { type Deadline, deadlineIn } from './patience.ts'
import { unreachable } from './unreachable.ts'

/*
 * Asks the API what anybody may ask, and what it must refuse:
 *
 *   its own description                            200                  the route; a pod that is ready
 *   who I am, without a token                      401 unauthenticated  nobody gets in by not signing in
 *   who I am, by a token somebody else made up     401 unauthenticated  the API has the provider's keys
 *   the file of an export ticket nobody was given  404 not_found        the API asks its database
 */

export type ApiAt = { API_URL: string; OIDC_ISSUER?: string | undefined; OIDC_ISSUERS?: string[] | undefined }

const description = z.looseObject({ openapi: z.string().startsWith('3.'), info: z.looseObject({ title: z.string(), version: z.string() }) })

export async function checkApi(config: ApiAt, waitSeconds: number): Promise<Finding> {
  const deadline = deadlineIn(waitSeconds)
  const failed = (...faults: string[]): Finding => ({ found: '', faults, warnings: [] })
  try {
    const document = await get(config, '/openapi.json', deadline)
    const described200 = description.safeParse(parseJson(document.body))
    if (document.status !== 200 || !described200.success)
      return failed(`/openapi.json was answered ${described(document)} and is not the API's description: something else answers at API_URL`)
    const unsigned = await get(config, '/v1/me', deadline)
    if (!isRefusal(unsigned, 401, 'unauthenticated')) return failed(faultOfRefusal('without a token', unsigned))
    const issuers = [...new Set([config.OIDC_ISSUER ?? [], config.OIDC_ISSUERS ?? []].flat())]
    for (const issuer of issuers) {
      const forged = await get(config, '/v1/me', deadline, { authorization: `Bearer ${forge(issuer)}` })
      if (forged.code === 'identity_provider_unavailable')
        return failed(
          `the API cannot get the keys of ${issuer}: from its pods, look at the address, DNS, a proxy, and networkPolicy.oidc of the chart`,
        )
      if (!isRefusal(forged, 401, 'unauthenticated')) return failed(faultOfRefusal('with a token that was made up', forged))
    }
    const ticket = await get(config, `/v1/timeline/export/${randomBytes(32).toString('base64url')}`, deadline)
    if (!isRefusal(ticket, 404, 'not_found'))
      return failed(
        `an export ticket nobody was given was answered ${described(ticket)} in place of 404 not_found: can the API ask its database? Its log and \`worksights check database\` say why`,
      )
    const { title, version } = described200.data.info
    const signIn = issuers.length > 0 ? `has the keys of ${issuers.join(', ')}, ` : ''
    return { found: `${title} ${version} refuses whoever is not signed in, ${signIn}and asks its database`, faults: [], warnings: [] }
  } catch (error) {
    return failed(unreachable(error, { url: 'API_URL' }))
  }
}

async function get({ API_URL }: ApiAt, path: string, deadline: Deadline, headers: Record<string, string> = {}): Promise<Answer> {
  return await askPatiently(API_URL + path, { headers }, deadline)
}

function isRefusal(answer: Answer, status: number, code: string): boolean {
  const type = answer.headers.get('content-type') ?? ''
  return answer.status === status && answer.code === code && type.startsWith('application/problem+json')
}

function faultOfRefusal(how: string, answer: Answer): string {
  return `who asked ${how} was answered ${described(answer)} in place of 401 unauthenticated as problem+json: something else answers at API_URL, or a proxy changes what the API answers`
}

/** A token that names the issuer and that no key of it signed: to refuse it, its keys are needed. */
function forge(issuer: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = { iss: issuer, sub: 'worksights-check', exp: 0 }
  return [part({ alg: 'RS256', typ: 'JWT', kid: 'worksights-check' }), part(payload), randomBytes(256).toString('base64url')].join('.')
}
