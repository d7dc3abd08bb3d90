import type { SVGProps } from 'react'
import type { Category } from './bars.ts'
import classes from './picture.module.css'

/** A rectangle in the colour of a category, with a pattern of its own for whoever cannot tell the colours apart. */
export function Fill({ category, ...rectangle }: { category: Category } & SVGProps<SVGRectElement>) {
  return (
    <>
      <rect {...rectangle} fill={`var(--ws-category-${category})`} />
      {category !== 'default' && <rect {...rectangle} fill={`url(#ws-pattern-${category})`} />}
    </>
  )
}

/** The patterns, once a page. */
export function Patterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" className={classes.patterns}>
      <defs>
        <pattern id="ws-pattern-task" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.2" height="4" fill="var(--ws-surface)" />
        </pattern>
        <pattern id="ws-pattern-meeting" width="4" height="4" patternUnits="userSpaceOnUse">
          <circle cx="2" cy="2" r="1" fill="var(--ws-surface)" />
        </pattern>
      </defs>
    </svg>
  )
}
