import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openDataFolder } from './data-folder.ts'

let parent: string
let path: string
const log = () => {}

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'data-folder-'))
  path = join(parent, 'data')
})

afterEach(() => rm(parent, { recursive: true, force: true }))

test('fresh empties a folder made here and gives it new keys', async () => {
  const first = await openDataFolder(path, { fresh: false, log })
  await writeFile(join(path, 'old'), '')
  await first.release()
  const second = await openDataFolder(path, { fresh: true, log })
  expect(await readdir(path)).not.toContain('old')
  expect(second.encryptionKeys).not.toBe(first.encryptionKeys)
  await second.release()
})

test('keys stay from run to run and are readable by their owner only', async () => {
  const first = await openDataFolder(path, { fresh: false, log })
  await first.release()
  const second = await openDataFolder(path, { fresh: false, log })
  expect(second.encryptionKeys).toBe(first.encryptionKeys)
  expect((await stat(join(path, 'secrets.json'))).mode & 0o777).toBe(0o600)
})

test.each([true, false])('a folder with other files in it is refused and left as it is (fresh: %s)', async fresh => {
  await mkdir(path)
  await writeFile(join(path, 'thesis.txt'), 'years of work')
  await expect(openDataFolder(path, { fresh, log })).rejects.toThrow(fresh ? /not made by npm start/ : /holds other files/)
  expect(await readdir(path)).toEqual(['thesis.txt'])
})

test('a number in the lock file that belongs to another program does not bar the folder', async () => {
  const first = await openDataFolder(path, { fresh: false, log })
  await first.release()
  await writeFile(join(path, 'running.pid'), '1')
  await expect(openDataFolder(path, { fresh: false, log })).resolves.toBeDefined()
})
