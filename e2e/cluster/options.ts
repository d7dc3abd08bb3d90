import { randomBytes } from 'node:crypto'
import { Command, CommanderError } from 'commander'
import { z } from 'zod'

const url = (protocol: RegExp, words: string) => z.url({ protocol, error: `must be a ${words} address` }).optional()

const schema = z
  .strictObject({
    context: z.string().min(1),
    images: z.string().regex(/^[a-z0-9][\w.:/-]*$/, 'is no address of images, such as ghcr.io/acme, nor "local"'),
    tag: z
      .string()
      .regex(/^\w[\w.-]{0,127}$/, 'is no tag of an image')
      .refine(tag => tag !== 'latest', 'is "latest", which the chart refuses: two pods of one release would run different code'),
    namespace: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is no name of a namespace'),
    rate: z.coerce.number('is not a number').int('is not a whole number').min(1, 'is below 1').max(100, 'is above 100'),
    postgresImage: z.string().min(1),
    redisImage: z.string().min(1),
    ownerUrl: url(/^postgres(ql)?$/, 'postgres://'),
    apiUrl: url(/^postgres(ql)?$/, 'postgres://'),
    workersUrl: url(/^postgres(ql)?$/, 'postgres://'),
    queueUrl: url(/^rediss?$/, 'redis:// or rediss://'),
    pullConfig: z.string().optional(),
    evidence: z.string().optional(),
    keep: z.boolean().default(false),
  })
  .superRefine((options, context) => {
    const given = [options.ownerUrl, options.apiUrl, options.workersUrl].filter(Boolean).length
    if (given === 0 || given === 3) return
    context.addIssue({ code: 'custom', path: ['ownerUrl'], message: 'goes together with --api-url and --workers-url: give all three' })
  })

export type Options = z.output<typeof schema>

/** Reads the command line; prints help or all that is wrong with it, and gives the exit code instead: 0 for help, 2 for what is wrong. */
export function readOptions(argv: readonly string[]): { options: Options } | { exitCode: number } {
  const command = new Command('npm run cluster --')
    .description(
      'Proves the Helm chart in a cluster: installs it in a namespace of its own with Postgres, Redis, a simulated Attio and sign-in, upgrades it and kills its pods under load, and counts that no event was lost or told twice. Changes nothing outside that namespace.',
    )
    .requiredOption('--context <name>', 'of the kubeconfig: which cluster')
    .requiredOption('--images <prefix>', 'where the images are, such as ghcr.io/acme; "local" for images that the nodes already have')
    .requiredOption('--tag <tag>', 'of the images')
    .option('--namespace <name>', 'to make and, at the end, to delete', `worksights-cluster-${randomBytes(3).toString('hex')}`)
    .option('--rate <n>', 'deliveries a second, about', '20')
    .option('--postgres-image <reference>', 'Debian-based', 'postgres:18')
    .option('--redis-image <reference>', 'Redis 7 or later, or Valkey 8', 'redis:8')
    .option('--owner-url <url>', 'a Postgres of yours in place of that, empty, with the logins of docs/operations.md: the owner')
    .option('--api-url <url>', 'the login of timeline-api')
    .option('--workers-url <url>', 'the login of the workers')
    .option('--queue-url <url>', 'a Redis of yours in place of that; it is not killed then')
    .option('--pull-config <file>', "a docker config.json with the registry's password, for a pull Secret of the namespace")
    .option('--evidence <folder>', 'where logs and events go if something fails (default: e2e/cluster/failures/<namespace>)')
    .option('--keep', 'leave everything there at the end')
    .helpOption('--help', 'show this')
    .addHelpText('after', '\nExit code 0: everything held. 1: something did not. 2: something is missing, and nothing was changed.')
    .allowExcessArguments(false)
    .exitOverride()
  try {
    command.parse([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 }
    throw error
  }
  const parsed = schema.safeParse(command.opts())
  if (parsed.success) return { options: parsed.data }
  for (const { path, message } of parsed.error.issues) process.stderr.write(`error: ${flagOf(String(path[0]))} ${message}\n`)
  return { exitCode: 2 }
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}
