import type { Page } from 'playwright-core'
import type { Admin } from '../../harness/admin.ts'
import type { Simulator } from '../../harness/simulator.ts'
import type { StackInfo } from '../../harness/stack.ts'

/** What a scene can be brought about with. */
export type World = {
  stack: StackInfo
  northwind: Simulator
  globex: Simulator
  /** The demo admin, by the API. */
  admin: Admin
  sql(text: string, values?: unknown[]): Promise<Record<string, string>[]>
}

export type Scene = {
  /** Begins the names of its files: `<name>-<light|dark>-<1280|390>`. */
  name: string
  path: string | ((world: World) => string | Promise<string>)
  /** Who looks at it: Northwind's admin unless said otherwise; a newcomer is the admin of Globex, where nothing is connected; a stranger is not signed in. */
  as?: 'admin' | 'member' | 'newcomer' | 'stranger'
  /** Brings about what is to be seen before the page is opened. */
  before?(page: Page, world: World): Promise<unknown>
  /** The same once the page is there; waits for what is to be seen. */
  prepare?(page: Page, world: World): Promise<unknown>
  /** Puts right for other scenes what this one changed. */
  after?(world: World): Promise<unknown>
  /** It shows what a page shows while it waits. */
  isLoading?: boolean
  /** The pictures that documents show, which are kept in git. */
  shown?: `${'light' | 'dark'}-${1280 | 390}`[]
}
