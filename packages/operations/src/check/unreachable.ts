type Advice = { pattern: RegExp; advice: (variables: Variables) => string }

/** The variables that say where a server is, and by which authority it is known. */
export type Variables = { url: string; caFile?: string }

/** Of a server that is away or starting. */
const silence =
  /\b(E(CONN\w+|TIMEDOUT|HOSTUNREACH|NETUNREACH|PIPE|AI_AGAIN)|57P0\d|LOADING)\b|time-?out|did not answer|cannot be reached|Connection is closed|Connection terminated/i

// By the codes of sockets, TLS, Postgres (https://www.postgresql.org/docs/current/errcodes-appendix.html) and Redis.
const known: Advice[] = [
  {
    pattern: /certificate|altname|\bCERT_|SELF_SIGNED|UNABLE_TO_|\bERR_(SSL|TLS)|wrong version number|does not support SSL/i,
    advice: ({ url, caFile }) =>
      `look at the host name in ${url}${caFile ? ` and the authorities in ${caFile}` : ''}: it must be the server's own, by TLS`,
  },
  { pattern: /\bENOTFOUND\b/, advice: ({ url }) => `nobody here knows the host in ${url}: look at its name, and at DNS` },
  { pattern: /\b(28P01|28000|WRONGPASS|NOAUTH)\b/, advice: ({ url }) => `the server does not take the login and password in ${url}` },
  { pattern: /\b3D000\b/, advice: ({ url }) => `make the database that ${url} names, then run \`worksights migrate\`` },
  {
    pattern: /\b(42501|NOPERM)\b/,
    advice: ({ url }) => `the login in ${url} lacks a right: run \`worksights migrate\` as the owner, which grants them`,
  },
  {
    pattern: silence,
    advice: ({ url }) =>
      `nothing answers there: does the server run, are host and port in ${url} right, does a network policy let this through?`,
  },
]

/** Why a server could not be asked, and what to do about it, in a sentence. */
export function unreachable(error: unknown, variables: Variables): string {
  const { code, message } = rootOf(error)
  const advice = known.find(({ pattern }) => pattern.test(`${code} ${message}`))?.advice(variables)
  return advice === undefined ? `${message} (${variables.url})` : `${message}; ${advice}`
}

/** Whether what was thrown may pass by itself: nobody answers yet. */
export function mayPass(came: { error: unknown } | object): boolean {
  if (!('error' in came)) return false
  const { code, message } = rootOf(came.error)
  return silence.test(`${code} ${message}`)
}

/** What lies under errors that only say that something failed: one address of several, the socket of a fetch. */
function rootOf(error: unknown): { code: string; message: string } {
  const of = (name: string) => (typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined)
  const [cause, errors, code, message] = [of('cause'), of('errors'), of('code'), of('message')]
  if (Array.isArray(errors) && errors.length > 0) return rootOf(errors[0])
  if (cause !== undefined) return rootOf(cause)
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : 'what was thrown has no message' }
}
