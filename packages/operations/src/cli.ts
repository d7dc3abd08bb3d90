#!/usr/bin/env node
import { createInterface } from 'node:readline/promises'
import { runCommand } from './program.ts'

const exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  ask: process.stdin.isTTY ? ask : null,
})
// What was written is out before the process ends, also into a pipe.
process.stdout.write('', () => process.exit(exitCode))

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}
