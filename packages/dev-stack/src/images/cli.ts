import { Argument, Command } from 'commander'
import { root } from '../stack/stack.ts'
import { StartError } from '../stack/start-error.ts'
import { type BuildOptions, buildArguments, sizesOf, sizeTable } from './build.ts'
import { checkImages } from './check.ts'
import { openDocker } from './docker.ts'
import { referenceOf, type Target, targets } from './targets.ts'

// What `npm run images` runs.

const say = (line: string) => void process.stderr.write(`${line}\n`)
const collect = (value: string, earlier: readonly string[]) => [...earlier, value]

const command = new Command('npm run images --')
  .description('Builds the images of docker/Dockerfile and prints how large they are.')
  .addArgument(new Argument('[targets...]', 'which; all without').choices(targets))
  .option('--tag <tag>', 'of the images', 'local')
  .option('--registry <address>', 'in front of their names, such as ghcr.io/acme')
  .option('--platform <list>', 'linux/amd64,linux/arm64; needs buildx, and several need --push')
  .option('--push', 'to the registry; needs buildx')
  .option('--build-arg <name=value>', 'NODE_IMAGE, RUNTIME_IMAGE, VERSION, REVISION, SOURCE; repeatable', collect, [])
  .option('--secret <spec>', 'for the build alone, such as id=npmrc,src=$HOME/.npmrc for a registry of your own; repeatable', collect, [])
  .option('--network <mode>', 'of the build')
  .option('--check', 'build nothing: start each image as strictly as a cluster would, and use it')
  .parse()

try {
  const options = command.opts<BuildOptions & { check?: true }>()
  const named = command.processedArgs[0] as Target[]
  const chosen = named.length > 0 ? named : [...targets]
  if (options.check) await checkImages({ docker: openDocker(root), options, say })
  else await build(chosen, options)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  say(`\n${error.message}`)
  process.exitCode = 1
}

async function build(chosen: readonly Target[], options: BuildOptions): Promise<void> {
  const docker = openDocker(root)
  for (const target of chosen) {
    const started = Date.now()
    say(`… ${referenceOf(target, options)}`)
    await docker.run(buildArguments(target, options))
    say(`✓ ${target}: ${((Date.now() - started) / 1000).toFixed(1)} s`)
  }
  if (!options.push) process.stdout.write(`${sizeTable(await sizesOf(docker, chosen, options))}\n`)
}
