import { z } from 'zod'
import type { ClaimNames } from './claims.ts'

/** An OpenID Connect provider whose access tokens are taken. */
export type IssuerSettings = {
  /** Exactly as its tokens say it, so a trailing slash stays. */
  issuer: string
  audience: string
  claims: ClaimNames
  /** The one organisation this issuer speaks for, whatever its tokens say; null: they name it, by a claim. */
  organization: string | null
}

const issuerUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
const claimName = z.string().meta({ examples: ['realm_access.roles'] })
const text = z.string('must be text').trim().min(1, 'is empty').max(500, 'is longer than 500 characters')

const entry = z
  .strictObject({
    issuer: issuerUrl,
    audience: text,
    organization: text.optional(),
    organization_claim: text.optional(),
    role_claim: text.optional(),
    admin_values: z.array(text, 'must be a list of texts').min(1, 'is empty').optional(),
  })
  .refine(({ organization, organization_claim }) => organization === undefined || organization_claim === undefined, {
    error: 'goes without "organization_claim": an issuer that is pinned speaks for its organisation only',
    path: ['organization'],
  })
const entries = z
  .array(entry, 'must be a JSON list')
  .min(1, 'is an empty list')
  .superRefine((issuers, context) => {
    issuers.forEach(({ issuer }, index) => {
      if (issuers.findIndex(other => other.issuer === issuer) === index) return
      context.addIssue({ code: 'custom', path: [index, 'issuer'], message: 'is in the list twice: a token is checked by one entry' })
    })
  })

/** Several issuers as a JSON list. Stays text; {@link issuersOf} reads it. */
const issuerList = z
  .string()
  .superRefine((json, context) => {
    const read = readList(json)
    if (read.success) return
    for (const { path, message } of read.error.issues) {
      const place = path.length ? `${path.map(String).join('.')}: ` : ''
      context.addIssue({
        code: 'custom',
        message: `${place}${message}`,
      })
    }
  })
  .meta({ examples: ['[{"issuer":"https://login.example.com","audience":"https://api.worksights.example.com","organization":"acme"}]'] })

function readList(json: string) {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    value = undefined
  }
  return entries.safeParse(value)
}

/** The variables of sign-in: one issuer by `OIDC_ISSUER` and `OIDC_AUDIENCE`, or several by `OIDC_ISSUERS`. */
export const signInFields = {
  OIDC_ISSUER: issuerUrl.optional().meta({ examples: ['https://login.example.com'] }),
  OIDC_AUDIENCE: z
    .string()
    .optional()
    .meta({ examples: ['https://api.worksights.example.com'] }),
  OIDC_ISSUERS: issuerList.optional(),
  /** The claims also hold for each of several issuers that says no other. */
  OIDC_ORGANIZATION_CLAIM: claimName.default('org'),
  OIDC_ROLE_CLAIM: claimName.default('role'),
  OIDC_ADMIN_VALUES: z
    .string()
    .default('admin')
    .transform(values =>
      values
        .split(',')
        .map(value => value.trim())
        .filter(Boolean),
    )
    .meta({ examples: ['admin,owner'] }),
}

const fields = z.object(signInFields)
type SignInConfig = z.output<typeof fields>

/** To be put on a configuration that has {@link signInFields}: one issuer or several, not both and not none. */
export function eitherOneIssuerOrSeveral(config: Partial<SignInConfig>, context: z.core.$RefinementCtx): void {
  for (const name of ['OIDC_ISSUER', 'OIDC_AUDIENCE'] as const) {
    const given = config[name] !== undefined
    if (given !== (config.OIDC_ISSUERS !== undefined)) continue
    const message = given
      ? `contradicts OIDC_ISSUERS: unset it, and make it an entry of that list`
      : 'is missing (several issuers: set OIDC_ISSUERS instead)'
    context.addIssue({ code: 'custom', path: [name], message })
  }
}

/** The issuers of a valid configuration. */
export function issuersOf(config: SignInConfig): IssuerSettings[] {
  const claims = {
    organization: config.OIDC_ORGANIZATION_CLAIM,
    role: config.OIDC_ROLE_CLAIM,
    adminValues: config.OIDC_ADMIN_VALUES,
  }
  if (config.OIDC_ISSUERS === undefined) {
    const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = config
    if (issuer === undefined || audience === undefined) throw new Error('The configuration names no issuer.')
    return [{ issuer, audience, claims, organization: null }]
  }
  return entries.parse(JSON.parse(config.OIDC_ISSUERS)).map(given => ({
    issuer: given.issuer,
    audience: given.audience,
    claims: {
      organization: given.organization_claim ?? claims.organization,
      role: given.role_claim ?? claims.role,
      adminValues: given.admin_values ?? claims.adminValues,
    },
    organization: given.organization ?? null,
  }))
}
