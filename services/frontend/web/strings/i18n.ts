import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en/index.ts'
import type { integrationPage } from './en/integration-page.ts'
import { localeFor } from './locale.ts'

/*
 * Every text a person reads stands in strings/<language>, by page; those of the integration page come with it (integration-page.ts). A further language is a
 * folder like `en` with the same keys, chosen here by `navigator.languages`. Texts of the API (sentences of lines, explanations, problems) come as they are.
 */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared'
    resources: typeof en & typeof integrationPage
    returnNull: false
  }
}

await i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'shared',
  ns: Object.keys(en),
  resources: { en },
  // React escapes.
  interpolation: { escapeValue: false },
})

/** For Intl. */
export const locale = localeFor(i18next.language, navigator.language)
export { i18next as i18n }
