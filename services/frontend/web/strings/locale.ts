/**
 * How dates, times and numbers are written for somebody: with the words of the app's language, in the order and with the clock of where their browser is from.
 * A browser of Germany shows an English page `24 November` and `15:50`, one of the United States `November 24` and `3:50 PM`.
 */
export function localeFor(language: string, browser: string): string {
  try {
    const given = new Intl.Locale(browser)
    // What was set in the browser beside language and region (a clock, digits) counts too.
    if (given.language === language) return given.toString()
    return new Intl.Locale(language, { region: given.maximize().region }).toString()
  } catch {
    return language
  }
}
