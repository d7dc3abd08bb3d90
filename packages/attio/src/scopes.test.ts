import { describe, expect, test } from '@jest/globals'
import { excessScopes, missingScopes, requiredScopes } from './scopes.ts'

const minimum = requiredScopes.map(({ scope }) => scope).join(' ')

describe('scopes', () => {
  test('the minimum lacks nothing and exceeds nothing', () => {
    expect(missingScopes(minimum)).toEqual([])
    expect(excessScopes(minimum)).toEqual([])
  })

  test('only the webhooks are needed for writing', () => {
    expect(requiredScopes.filter(({ scope }) => !scope.endsWith(':read')).map(({ scope }) => scope)).toEqual(['webhook:read-write'])
  })

  test('each lacking scope is named, with what it breaks', () => {
    for (const required of requiredScopes) {
      const granted = minimum.split(' ').filter(scope => scope !== required.scope)
      expect(missingScopes(granted.join(' '))).toEqual([required])
    }
    expect(missingScopes('')).toHaveLength(requiredScopes.length)
  })

  test('writing includes reading, but reading webhooks is not enough', () => {
    expect(missingScopes(minimum.replace('task:read', 'task:read-write'))).toEqual([])
    expect(missingScopes(minimum.replace('webhook:read-write', 'webhook:read')).map(({ scope }) => scope)).toEqual(['webhook:read-write'])
  })

  test('whatever can write more than webhooks is excess, needed or not', () => {
    expect(excessScopes(`${minimum} task:read-write  file:read-write\nfile:read`)).toEqual(['task:read-write', 'file:read-write'])
  })
})
