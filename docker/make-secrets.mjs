// Makes every password and key of compose.yaml, once: two folders, one for the services and one for Postgres. What is there stays.
import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, writeFileSync } from 'node:fs'

const [services, postgres] = process.argv.slice(2)
const done = `${services}/workers.env`
if (existsSync(done)) process.exit(0)

const password = () => randomBytes(24).toString('base64url')
const passwords = { worksights_owner: password(), timeline_api: password(), workers: password() }
const url = login => `DATABASE_URL=postgres://${login}:${passwords[login]}@postgres:5432/worksights\n`
const keys = `ENCRYPTION_KEYS=key1:${randomBytes(32).toString('base64')}\n`

/** Whole or not at all: what is read by others is never half written. */
function write(file, text) {
  writeFileSync(`${file}.new`, text, { mode: 0o444 })
  renameSync(`${file}.new`, file)
}

write(`${postgres}/password`, password())
write(
  `${postgres}/roles.sql`,
  [
    'create role worksights_api nologin;',
    'create role worksights_worker nologin;',
    `create role worksights_owner login password '${passwords.worksights_owner}';`,
    `create role timeline_api login password '${passwords.timeline_api}' in role worksights_api;`,
    `create role workers login password '${passwords.workers}' in role worksights_worker;`,
    'create database worksights owner worksights_owner;',
    '',
  ].join('\n'),
)
write(`${services}/owner.env`, url('worksights_owner'))
write(`${services}/api.env`, url('timeline_api') + keys)
// Last: it says that all are there.
write(done, url('workers') + keys)
process.stdout.write('Passwords and keys were made.\n')
