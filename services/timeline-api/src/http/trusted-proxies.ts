import { isIP } from 'node:net'
import { z } from 'zod'

const message = 'must be a number of proxies, or their addresses (10.0.0.0/8, loopback, linklocal, uniquelocal) separated by commas'
const namedRange = /^(loopback|linklocal|uniquelocal)$/

/**
 * Whose `X-Forwarded-For` is believed, as express's "trust proxy" takes it: how many proxies stand before this server, or their addresses. Never
 * everybody: a header from anywhere would let each request choose the address it is counted by.
 */
export const trustedProxies = z
  .string()
  .transform(text => (/^\d{1,2}$/.test(text.trim()) ? Number(text) : text.split(',').map(part => part.trim())))
  .refine(given => typeof given === 'number' || given.every(isRange), message)
  .default(0)
  .meta({ examples: ['1'] })

function isRange(text: string): boolean {
  if (namedRange.test(text)) return true
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}
