import type { Workspace } from '../world/workspace.ts'
import type { AuthorizeRequest } from './oauth.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

const document = (title: string, content: string) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escaped(title)} – Attio simulator</title>
<style>
:root { --text: #1c1d21; --page: #fff; --line: #767a85; --accent: #266df0; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --text: #e6e7ea; --page: #16171a; --line: #7d818c; --accent: #8ab4ff; --on-accent: #10131a } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 10vh auto; padding: 0 1rem; color: var(--text); background: var(--page); overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: .5rem 1rem }
label { display: flex; align-items: center; gap: .5rem; min-height: 2rem }
input { accent-color: var(--accent); width: 1rem; height: 1rem; margin: 0 }
button { font: inherit; padding: .5rem 1.25rem; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer }
button[value=deny] { background: transparent; color: var(--text); border-color: var(--line) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
</style>
</head>
<body><main>${content}</main></body>
</html>
`

/** Where a workspace's admin lets the app in; the form POSTs to /authorize with `workspace` and `decision`. */
export function consentPage(request: AuthorizeRequest, workspaces: Workspace[]): string {
  const hidden = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value ?? '')}">`)
    .join('\n')
  const choices = workspaces
    .map(
      (workspace, index) =>
        `<label><input type="radio" name="workspace" value="${escaped(workspace.slug)}"${index === 0 ? ' checked' : ''}> ${escaped(workspace.name)}</label>`,
    )
    .join('\n')
  return document(
    'Connect an app',
    `<h1>Connect an app</h1>
<p>The app <strong>${escaped(request.client_id)}</strong> asks for access to a workspace of yours. This is a simulator: nothing leaves your machine.</p>
<form method="post" action="/authorize">
${hidden}
<fieldset><legend>Workspace</legend>
${choices}
</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
  )
}

export const problemPage = (problem: string) => document('Cannot connect', `<h1>Cannot connect</h1><p>${escaped(problem)}</p>`)
