import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/* What tests read of the documents: headings, links and blocks of code. */

/** The root of the project, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

export type Page = {
  /** Its path below the root. */
  path: string
  headings: { level: number; text: string; slug: string }[]
  /** Targets of links and pictures as they are written; code is no link. */
  links: string[]
  /** Fenced blocks with the language they name. */
  blocks: { language: string; text: string }[]
  /** Everything in single backticks. */
  code: string[]
}

/** Reads a page of Markdown at a path below the root. */
export function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8')
  const blocks = [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(([, language = '', block = '']) => ({ language, text: block }))
  const prose = text.replace(/^ *```\w*\n[\s\S]*?^ *```$/gm, '')
  const withoutCode = prose.replace(/`[^`\n]+`/g, '')
  return {
    path,
    headings: slugged(
      [...prose.matchAll(/^(#{1,6}) (.+)$/gm)].map(([, marks = '', heading = '']) => ({ level: marks.length, text: heading })),
    ),
    links: [...withoutCode.matchAll(/\]\(([^()\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, link, attribute]) => link ?? attribute ?? ''),
    blocks,
    code: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
  }
}

/** The pages an operator reads: the entry and its chapters. */
export function handbook(): Page[] {
  return ['docs/operations.md', ...pagesBelow('docs/operations')].map(readPage)
}

/** Paths of every Markdown file in a folder below the root, and in the folders within. */
export function pagesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.md') && !entry.parentPath.includes('node_modules'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

/** Headings with the anchors GitHub gives them: a repeated one is numbered. */
function slugged(headings: { level: number; text: string }[]): Page['headings'] {
  const seen = new Map<string, number>()
  return headings.map(heading => {
    const plain = heading.text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    const base = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(base) ?? 0
    seen.set(base, times + 1)
    return { ...heading, slug: times === 0 ? base : `${base}-${times}` }
  })
}
