import { describe, expect, test } from '@jest/globals'
import { createLogger } from './logger.ts'

function capture() {
  const lines: string[] = []
  const log = createLogger({ service: 'test', level: 'info', destination: { write: line => lines.push(line) } })
  return { log, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1) ?? '{}') }
}

describe('the log', () => {
  test('a line is JSON with its service, level and ISO time', () => {
    const { log, last } = capture()
    log.warn({ rows: 3 }, 'stored')
    expect(last()).toMatchObject({ service: 'test', level: 'warn', rows: 3, msg: 'stored' })
    expect(new Date(last().time).toISOString()).toBe(last().time)
  })

  test('what is named like a secret is not written, down to two levels', () => {
    const { log, text } = capture()
    const secrets = {
      authorization: 'hidden',
      cookie: 'hidden',
      token: 'hidden',
      secret: 'hidden',
      'attio-signature': 'hidden',
      body: 'hidden',
    }
    log.info({ ...secrets, headers: secrets, request: { headers: secrets } }, 'asked')
    expect(text()).toContain('[redacted]')
    expect(text()).not.toContain('hidden')
  })

  test('an error is written without the request, parameters or row a library hung on it', () => {
    const { log, text, last } = capture()
    const error = Object.assign(new Error('refused', { cause: new Error('deeper') }), {
      code: '23514',
      detail: 'Failing row contains (hidden)',
      config: { headers: { 'x-key': 'hidden' } },
    })
    log.error({ err: error }, 'failed')
    expect(text()).not.toContain('hidden')
    expect(last().err).toMatchObject({ type: 'Error', message: 'refused', code: '23514', cause: { message: 'deeper' } })
    expect(last().err.stack).toContain('logger.test.ts')
  })
})
