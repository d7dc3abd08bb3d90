import { styleText } from 'node:util'
import { z } from 'zod'

export type Style = Parameters<typeof styleText>[0]
export type Console = {
  /** What a person is told, on stderr. */
  say(text: string): void
  /** Results, on stdout. */
  print(text: string): void
  /** A log line of a process, prefixed with its name. */
  log(name: string, line: string): void
  /** Colours `text` if stdout is a terminal that wants colours. */
  paint(style: Style, text: string): string
}

const colours: Style[] = ['cyan', 'magenta', 'blue', 'green', 'yellow', 'cyanBright', 'magentaBright']
const WIDTH = 10

/** Results go to stdout and everything else to stderr, so that a pipe gets results alone. `styleText` minds NO_COLOR and non-terminals. */
export function openConsole(): Console {
  const styles = new Map<string, Style>()
  const onError = (style: Style, text: string) => styleText(style, text, { stream: process.stderr })
  return {
    say: text => void process.stderr.write(`${text}\n`),
    print: text => void process.stdout.write(`${text}\n`),
    log(name, line) {
      const style = styles.get(name) ?? colours[styles.size % colours.length] ?? 'white'
      styles.set(name, style)
      process.stderr.write(`${onError(style, `${name.padEnd(WIDTH)}|`)} ${readable(line)}\n`)
    },
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
  }
}

// A line of pino: https://getpino.io/#/docs/api?id=loggerlevel
const pinoLine = z.looseObject({ level: z.union([z.number(), z.string()]), msg: z.string().optional() })
const levels: Record<string, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }
const left = new Set(['level', 'msg', 'time', 'pid', 'hostname', 'service', 'name', 'version'])

/** Turns a structured log line into `level message key=value …`; any other line stays as it is. */
export function readable(line: string): string {
  if (!line.startsWith('{')) return line
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return line
  }
  const parsed = pinoLine.safeParse(value)
  if (!parsed.success) return line
  const { level, msg = '' } = parsed.data
  const rest = Object.entries(parsed.data).flatMap(([key, item]) => (left.has(key) ? [] : [`${key}=${shown(item)}`]))
  return [levels[level] ?? level, msg, ...rest].join(' ')
}

function shown(value: unknown): string {
  if (typeof value === 'string') return /\s/.test(value) ? JSON.stringify(value) : value
  const error = z.looseObject({ message: z.string() }).safeParse(value)
  return error.success ? JSON.stringify(error.data.message) : JSON.stringify(value)
}
