import { expect as impatient } from '@playwright/test'

/** Playwright's, which waits for what it expects: longer than its 5 s, since on a small machine the whole stack runs beside the browser. */
export const expect = impatient.configure({ timeout: 15_000 })
