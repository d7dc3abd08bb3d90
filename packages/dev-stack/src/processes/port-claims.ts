import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = join(tmpdir(), 'worksights-ports')

/**
 * Claims a port for this process among all stacks of this machine, for as long as it lives: a port that was found free is bound seconds later, by another
 * process, and a second stack that starts meanwhile would find it free too. Answers whether it is ours now.
 */
export function claimPort(port: number): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o777 })
  const file = join(folder, String(port))
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return true
    } catch (error) {
      // Where nothing can be written there are no claims: as good as a free port was before.
      if (!isCode(error, 'EEXIST')) return true
    }
    const owner = ownerOf(file)
    if (owner === process.pid) return true
    if (owner !== null && isAlive(owner)) return false
    // Left behind by a process that is gone.
    rmSync(file, { force: true })
  }
  return false
}

function ownerOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) || null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is somebody else's.
    return isCode(error, 'EPERM')
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code
}
