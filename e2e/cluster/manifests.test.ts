import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { faultsOf, kubernetesVersions } from '../chart/harness/validate.ts'
import { readCompose } from '../images/compose.ts'
import { makeSecrets } from './installation.ts'
import { neighbourObjects, neighboursOf } from './manifests.ts'
import { type Options, readOptions } from './options.ts'

const options = optionsOf('--images', 'ghcr.io/acme')
const names = neighboursOf(options)

function optionsOf(...argv: string[]): Options {
  const read = readOptions(['--context', 'kind-worksights', '--tag', '1.2.3', ...argv])
  if (!('options' in read)) throw new Error('These flags were refused.')
  return read.options
}

const deployment = z.looseObject({
  kind: z.literal('Deployment'),
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        imagePullSecrets: z.array(z.object({ name: z.string() })).optional(),
        securityContext: z.looseObject({ runAsNonRoot: z.boolean(), seccompProfile: z.object({ type: z.string() }) }),
        volumes: z.array(z.looseObject({ name: z.string(), secret: z.object({ secretName: z.string() }).optional() })).default([]),
        containers: z.array(
          z.looseObject({
            name: z.string(),
            image: z.string(),
            args: z.array(z.string()).default([]),
            securityContext: z.unknown(),
            volumeMounts: z.array(z.looseObject({ name: z.string(), subPath: z.string().optional() })).default([]),
          }),
        ),
      }),
    }),
  }),
})
const service = z.looseObject({ kind: z.literal('Service'), spec: z.looseObject({ selector: z.record(z.string(), z.string()) }) })
const podOf = (name: string, of: Options) =>
  deployment.parse(neighbourObjects(name, of).find(({ kind }) => kind === 'Deployment')).spec.template

test.each(names.flatMap(name => kubernetesVersions.map(version => [name, version] as const)))(
  '%s is strictly valid on Kubernetes %s',
  (name, version) => {
    const objects = neighbourObjects(name, options)
    expect(objects.map(({ kind }) => kind)).toEqual(['Service', 'Deployment'])
    expect(objects.flatMap(object => faultsOf(object, version))).toEqual([])
  },
)

test.each(names)('%s is found by its Service, runs the image that was asked for, and passes the restricted pod security standard', name => {
  const template = podOf(name, options)
  expect(service.parse(neighbourObjects(name, options)[0]).spec.selector).toEqual(template.metadata.labels)
  const { securityContext, containers, volumes } = template.spec
  expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
  const [container] = containers
  expect(containers).toHaveLength(1)
  expect(container?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
  const own: Record<string, string> = { postgres: 'postgres:18', redis: 'redis:8' }
  expect(container?.image).toBe(own[name] ?? `ghcr.io/acme/worksights-attio-${name}:1.2.3`)
  for (const mount of container?.volumeMounts ?? []) expect(volumes.map(volume => volume.name)).toContain(mount.name)
})

test('images that the nodes have bear no registry; a password for one is given to every pod', () => {
  expect(podOf('redis', options).spec.imagePullSecrets).toBeUndefined()
  const local = optionsOf('--images', 'local', '--pull-config', 'config.json')
  expect(podOf('attio-simulator', local).spec.containers[0]?.image).toBe('worksights-attio-attio-simulator:1.2.3')
  for (const name of names) expect(podOf(name, local).spec.imagePullSecrets).toEqual([{ name: 'registry' }])
})

test('Postgres and Redis stay away where others are given', () => {
  const urls = ['owner', 'api', 'workers'].flatMap(login => [`--${login}-url`, `postgres://${login}@db.example.com/worksights`])
  expect(neighboursOf(optionsOf('--images', 'local', ...urls))).toEqual(['redis', 'attio-simulator', 'identity-provider'])
  const both = optionsOf('--images', 'local', ...urls, '--queue-url', 'rediss://redis.example.com')
  expect(neighboursOf(both)).toEqual(['attio-simulator', 'identity-provider'])
})

test('the simulated app asks for what compose.yaml has it ask for', () => {
  const scopes = (args: readonly string[] = []) => args.map(text => text.trim()).find(text => text.startsWith('--scopes='))
  const wanted = scopes(readCompose().services['attio-simulator']?.command)
  expect(wanted).toMatch(/^--scopes=webhook:read-write /)
  expect(scopes(podOf('attio-simulator', options).spec.containers[0]?.args)).toBe(wanted)
})

test('every Secret that a pod mounts is made, and passwords are new in each run', async () => {
  const made = await makeSecrets(options)
  const mounted = names.flatMap(name => podOf(name, options).spec.volumes.flatMap(({ secret }) => secret?.secretName ?? []))
  expect(mounted.length).toBeGreaterThan(0)
  for (const name of mounted) expect(made.map(secret => secret.name)).toContain(name)
  const postgres = made.find(({ name }) => name === 'postgres')?.data ?? {}
  expect(Object.keys(postgres)).toEqual(
    podOf('postgres', options)
      .spec.containers[0]?.volumeMounts.flatMap(({ subPath }) => subPath ?? [])
      .concat('password')
      .sort(),
  )
  const other = await makeSecrets(options)
  for (const [place, { name, data }] of made.entries()) {
    if (name === 'worksights-database' || name === 'worksights-encryption' || name === 'postgres')
      expect(other[place]?.data).not.toEqual(data)
  }
})

test('a database of somebody else is signed in to by its own logins, and no password is made for it', async () => {
  const url = (login: string) => `postgres://${login}:secret@db.example.com/worksights`
  const given = optionsOf('--images', 'local', '--owner-url', url('owner'), '--api-url', url('api'), '--workers-url', url('workers'))
  const made = await makeSecrets(given)
  expect(made.find(({ name }) => name === 'worksights-database')?.data).toEqual({
    'owner-url': url('owner'),
    'api-url': url('api'),
    'workers-url': url('workers'),
  })
  expect(made.map(({ name }) => name)).not.toContain('postgres')
})
