import type { Person } from './people.ts'

/** The page on which somebody chooses who to be. Every text in it is a constant of this package. */
export function signInPage(action: string, people: Person[]): string {
  const buttons = people.map(
    ({ sub, name, email, org, role }) =>
      `<button name="sub" value="${sub}"><strong>${name}</strong><span>${role} of ${org}</span><span>${email}</span></button>`,
  )
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Sign in (development only)</title>
<style>
  :root { --text: #1c1917; --quiet: #57534e; --page: #fff; --card: #f5f5f4; --line: #78716c; --accent: #1d4ed8; --note: #fef3c7; --note-line: #b45309 }
  @media (prefers-color-scheme: dark) {
    :root { --text: #f5f5f4; --quiet: #b8b2ad; --page: #161412; --card: #24211e; --line: #8f8781; --accent: #8ab4ff; --note: #33270d; --note-line: #f0b429 }
  }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color: var(--text); background: var(--page); overflow-wrap: anywhere }
  h1 { font-size: 1.5rem; line-height: 1.25 }
  button { display: grid; width: 100%; padding: .75rem 1rem; margin: .5rem 0; text-align: left; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; cursor: pointer }
  button span { color: var(--quiet); font-size: .875rem }
  button:hover { border-color: var(--accent) }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  .warning { padding: .75rem 1rem; background: var(--note); border-left: .25rem solid var(--note-line) }
</style>
</head>
<body>
<main>
<h1>Sign in</h1>
<p class="warning">Development only: no passwords, made-up people, reachable from this machine alone.</p>
<form method="post" action="${action}">
${buttons.join('\n')}
</form>
</main>
</body>
</html>
`
}
