import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

export const folder = new URL('../../docker/', import.meta.url)

const service = z.looseObject({
  image: z.string(),
  build: z.object({ target: z.string() }).loose().optional(),
  // Without a value: passed on as it is set.
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
  profiles: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  user: z.string().optional(),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
})
export type Service = z.infer<typeof service>
const document = z.looseObject({ services: z.record(z.string(), service) })

/** What `docker/.env` sets: the demonstration. */
export const demonstration = readVariables(readFileSync(new URL('.env', folder), 'utf8'))

/** `compose.yaml` as Docker reads it with these variables: anchors merged, names put in. Throws where one that is required is not set. */
export function readCompose(variables: Readonly<Record<string, string>> = demonstration): {
  raw: unknown
  services: Record<string, Service>
} {
  const text = readFileSync(new URL('compose.yaml', folder), 'utf8')
  const raw: unknown = JSON.parse(JSON.stringify(parse(text, { merge: true })), (_key, value) =>
    typeof value === 'string' ? interpolate(value, variables) : value,
  )
  return { raw, services: document.parse(raw).services }
}

/** A file of `NAME=value` lines. */
export function readVariables(text: string): Record<string, string> {
  const lines = text.split('\n').filter(line => /^[A-Z_]+=/.test(line))
  return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

// https://docs.docker.com/reference/compose-file/interpolation/
function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([A-Z_]+)(?:(:?[-+?])([^}]*))?\}/g, (_whole, name: string, operator: string | undefined, word = '') => {
    const value = variables[name]
    const isGiven = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
    if (operator?.endsWith('?') && !isGiven) throw new Error(`required variable ${name} is missing a value: ${word}`)
    if (operator?.endsWith('+')) return isGiven ? word.replaceAll(`$${name}`, value ?? '') : ''
    return isGiven ? (value ?? '') : word
  })
}
