import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { copyWebApp } from './web-folder.ts'

let place: string
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'web-folder-'))
})
afterEach(() => rm(place, { recursive: true }))

test('a stack serves what was built when it started, whatever is built meanwhile, and nothing of an earlier start', async () => {
  const [built, folder] = [join(place, 'dist'), join(place, 'web')]
  await mkdir(join(built, 'assets'), { recursive: true })
  await mkdir(folder)
  await Promise.all([
    writeFile(join(built, 'index.html'), 'page'),
    writeFile(join(built, 'assets/a.js'), 'a'),
    writeFile(join(folder, 'old.js'), 'old'),
  ])
  expect(await copyWebApp(built, folder)).toBe(folder)
  await rm(built, { recursive: true })
  expect((await readdir(folder)).sort()).toEqual(['assets', 'index.html'])
  expect(await readFile(join(folder, 'assets/a.js'), 'utf8')).toBe('a')
})

test('an app that was not built is left to the frontend to tell of', async () => {
  expect(await copyWebApp(join(place, 'dist'), join(place, 'web'))).toBeUndefined()
})
