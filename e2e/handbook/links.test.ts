import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Page, pagesBelow, readPage, root } from './markdown.ts'

const files = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'].filter(name => existsSync(join(root, name)))
const pages = [...files, ...['docs', 'docker', 'charts', 'e2e', 'packages', 'services'].flatMap(pagesBelow)].map(readPage)

test.each(pages.map(page => [page.path, page] as const))(
  'every link of %s leads to a file that is there, and to a heading of it',
  (_, page) => {
    expect(page.links.flatMap(link => faultOf(page, link))).toEqual([])
  },
)

function faultOf(page: Page, link: string): string[] {
  if (/^[a-z][a-z+.-]*:/.test(link)) return []
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page.path : normalize(join(dirname(page.path), path))
  if (!existsSync(join(root, target))) return [`${link}: no such file`]
  if (anchor === undefined || statSync(join(root, target)).isDirectory()) return []
  const known = (pages.find(one => one.path === target) ?? readPage(target)).headings
  return known.some(({ slug }) => slug === anchor) ? [] : [`${link}: no such heading`]
}
