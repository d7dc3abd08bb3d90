import { i18n } from '../../strings/i18n.ts'

/** The texts of lines. Without React: a list draws thousands of lines while it is scrolled, and the language of a visit does not change. */
export const t = i18n.getFixedT(null, 'timeline')
