import { integrationPage } from './en/integration-page.ts'
import { i18n } from './i18n.ts'

// Loaded with the integration page, before anything of it is drawn: whoever reads the timeline does not pay for it.
for (const [name, texts] of Object.entries(integrationPage)) i18n.addResourceBundle('en', name, texts)
