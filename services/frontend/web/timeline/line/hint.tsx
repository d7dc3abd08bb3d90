import type { ReactNode } from 'react'
import classes from './hint.module.css'

/** A word that explains itself on hover and focus, and to whoever has it read out. Without a script: a list has many. */
export function Hint({ text, children }: { text: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be had by keyboard too
    <span className={classes.hint} data-hint={text} tabIndex={0} role="note" aria-label={text}>
      {children}
    </span>
  )
}
