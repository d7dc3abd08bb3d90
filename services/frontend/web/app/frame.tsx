import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { theme, variables } from './theme.ts'

// The server puts a fresh one into every index.html: the policy lets in only style elements that carry it.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
// Where react-remove-scroll, which Mantine's dialogs use, looks for it: https://github.com/theKashey/get-nonce
Object.assign(globalThis, { __webpack_nonce__: nonce })

/** What everything that is drawn stands in. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  )
}
