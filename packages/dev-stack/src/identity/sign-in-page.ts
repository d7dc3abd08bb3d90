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
<title>Sign in (development only)</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color: #1c1917; background: #fff }
  button { display: grid; width: 100%; padding: .75rem 1rem; margin: .5rem 0; text-align: left; font: inherit; color: inherit; background: #f5f5f4; border: 1px solid #78716c; border-radius: .5rem; cursor: pointer }
  .warning { padding: .75rem 1rem; background: #fef3c7; border-left: .25rem solid #b45309 }
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
