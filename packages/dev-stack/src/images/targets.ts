/** The targets of docker/Dockerfile, which are the names of the images. */
export const targets = [
  'ingest-gateway',
  'resolver-worker',
  'coalescer-worker',
  'timeline-api',
  'frontend',
  'operations',
  'attio-simulator',
  'identity-provider',
] as const

export type Target = (typeof targets)[number]

/** How an image is called: `[<registry>/]worksights-attio-<target>:<tag>`. */
export function referenceOf(target: Target, { registry, tag }: { registry?: string | undefined; tag: string }): string {
  return `${registry === undefined ? '' : `${registry.replace(/\/+$/, '')}/`}worksights-attio-${target}:${tag}`
}
