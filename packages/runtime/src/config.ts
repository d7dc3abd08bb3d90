import { z } from 'zod'

export type ConfigFault = {
  /** The environment variable. */
  name: string
  problem: string
  /** A value that would do. */
  example: string | undefined
}

/** Every fault of a configuration, in one message. Values are never part of it: they may be secrets. */
export class ConfigError extends Error {
  readonly faults: ConfigFault[]

  constructor(faults: ConfigFault[]) {
    const lines = faults.map(({ name, problem, example }) => `  ${name}: ${problem}${example ? ` (for example ${name}=${example})` : ''}`)
    super(['The configuration is not usable. Set these environment variables and start again:', ...lines].join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads a service's configuration from the environment. An empty variable counts as unset.
 * Throws a {@link ConfigError} that lists all faults.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return parsed.data
  throw new ConfigError(
    parsed.error.issues.map(issue => {
      const name = issue.path.map(String).join('.') || '(environment)'
      const missing = issue.code === 'invalid_type' && !(name in set)
      return { name, problem: missing ? 'is missing' : issue.message, example: exampleOf(schema.shape[name]) }
    }),
  )
}

/** As {@link loadConfig}; prints the faults to stderr and exits 1 where it would throw. */
export function loadConfigOrExit<Schema extends z.ZodObject>(schema: Schema): z.output<Schema> {
  try {
    return loadConfig(schema)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

/** The example of a field's metadata, also below `.default()`, `.optional()` and `.transform()`. */
function exampleOf(field: unknown): string | undefined {
  if (!(field instanceof z.ZodType)) return undefined
  const examples = field.meta()?.examples
  if (Array.isArray(examples) && examples.length > 0) return String(examples[0])
  if (field instanceof z.ZodDefault || field instanceof z.ZodOptional) return exampleOf(field.unwrap())
  if (field instanceof z.ZodPipe) return exampleOf(field.in)
  return undefined
}
