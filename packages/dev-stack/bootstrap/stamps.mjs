import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/**
 * A number for the content of the files (and everything in the folders) named, which must exist.
 * @param {string} root
 * @param {string[]} paths
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of paths.flatMap(path => filesOf(path)).sort()) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap(name => filesOf(join(path, name))) : [path]
}

/** The package.json of the root and of every package of the workspace. @param {string} root */
export function manifests(root) {
  const folders = ['services', 'packages'].flatMap(group => readdirSync(join(root, group)).map(name => join(root, group, name)))
  return [root, join(root, 'e2e'), ...folders].map(folder => join(folder, 'package.json')).filter(exists)
}

/** @param {string} path */
export function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** @param {string} file @returns {string | null} */
export function readStamp(file) {
  return exists(file) ? readFileSync(file, 'utf8').trim() : null
}

/** @param {string} file @param {string} value */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${value}\n`)
}
