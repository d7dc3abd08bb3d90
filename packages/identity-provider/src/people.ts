/** Development only: who can sign in without a password at the local identity provider, and with which claims. */
export type Person = { sub: string; email: string; name: string; org: string; role: 'admin' | 'member' }

export const AUDIENCE = 'https://worksights.local/api'

export const people: Person[] = [
  { sub: 'northwind-ada', email: 'ada.lovelace@northwind.example', name: 'Ada Lovelace', org: 'northwind', role: 'admin' },
  { sub: 'northwind-grace', email: 'grace.hopper@northwind.example', name: 'Grace Hopper', org: 'northwind', role: 'member' },
  { sub: 'globex-hedy', email: 'hedy.lamarr@globex.example', name: 'Hedy Lamarr', org: 'globex', role: 'admin' },
  { sub: 'globex-alan', email: 'alan.turing@globex.example', name: 'Alan Turing', org: 'globex', role: 'member' },
]

/** Machines sign in with client credentials; the secret protects nothing, since only this machine can reach the provider. */
export const machines = [
  { clientId: 'northwind-machine', secret: 'development-only-secret', org: 'northwind', role: 'admin' },
  { clientId: 'globex-machine', secret: 'development-only-secret', org: 'globex', role: 'admin' },
]

/** The browser's client: authorisation code with PKCE, refresh tokens, access tokens of an hour if not told otherwise. */
export const WEB_CLIENT = 'worksights-web'
/** The command line's: the same flow, access tokens of twelve hours, since a script does not refresh. */
export const COMMAND_LINE_CLIENT = 'worksights-command-line'
export const COMMAND_LINE_REDIRECT = 'http://127.0.0.1/signed-in'
