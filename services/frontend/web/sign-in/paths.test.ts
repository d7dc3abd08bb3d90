import { describe, expect, test } from '@jest/globals'
import { returnPath } from './paths.ts'

describe('after signing in the browser goes on', () => {
  test.each(['/', '/timeline?category=task&category=meeting&q=acme%20%26%20co', '/activities/1', '/a?next=https://evil.example'])(
    'at %s, a path of this app',
    returnTo => expect(returnPath({ returnTo })).toBe(returnTo),
  )

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    'javascript:alert(1)',
    'timeline',
    '',
    ' /timeline',
    '/sign-in/callback?code=1',
    '/sign-in/silent',
    '/signed-out',
  ])('at the start, and not at %s', returnTo => expect(returnPath({ returnTo })).toBe('/'))

  test.each([undefined, null, 'text', 7, {}, { returnTo: 7 }, { returnTo: null }])('at the start where %p was kept', kept =>
    expect(returnPath(kept)).toBe('/'),
  )
})
