import { expect, test } from '@jest/globals'
import { readable } from './console.ts'

test('a structured log line reads as level, message and what belongs to it', () => {
  const line = JSON.stringify({
    level: 40,
    time: 1,
    pid: 2,
    hostname: 'h',
    service: 'api',
    msg: 'slow answer',
    ms: 1200,
    path: '/v1/me',
    err: { type: 'Error', message: 'too late', stack: 'Error: too late\n at x' },
  })
  expect(readable(line)).toBe('warn slow answer ms=1200 path=/v1/me err="too late"')
})

test.each(['Listening on 4000', '{not json', '{"no":"level"}', ''])('any other line stays as it is: %j', line => {
  expect(readable(line)).toBe(line)
})
