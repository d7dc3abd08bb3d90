import { readdir, readFile } from 'node:fs/promises'

/** What a process and its children have used: CPU in seconds since they began, those that ended included; memory in bytes now. */
export type Use = { cpu: number; memory: number }

const ticksPerSecond = 100
const pageBytes = 4_096

/** Reads /proc (Linux; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html); null elsewhere. Memory that processes share, as Postgres's do, is counted once by its first process. */
export async function useOf(pid: number): Promise<Use | null> {
  if (process.platform !== 'linux') return null
  const all = await Promise.all((await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(readProcess))
  const known = all.filter(one => one !== null)
  const tree = [pid]
  for (const parent of tree) tree.push(...known.filter(one => one.parent === parent).map(one => one.pid))
  const own = known.filter(one => tree.includes(one.pid))
  return {
    cpu: own.reduce((sum, one) => sum + one.cpu, 0),
    memory: own.reduce((sum, one) => sum + one.unshared, 0) + (own.find(one => one.pid === pid)?.shared ?? 0),
  }
}

async function readProcess(name: string) {
  try {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8')
    const [, resident = 0, shared = 0] = (await readFile(`/proc/${name}/statm`, 'utf8')).split(' ').map(Number)
    // The command's name may hold anything, and ends at the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const field = (n: number) => Number(fields[n - 3])
    const cpu = (field(14) + field(15) + field(16) + field(17)) / ticksPerSecond
    return { pid: Number(name), parent: field(4), cpu, unshared: (resident - shared) * pageBytes, shared: shared * pageBytes }
  } catch {
    return null
  }
}
