import { claimPort } from '../processes/port-claims.ts'
import { freePort } from '../processes/ports.ts'

const wanted = {
  api: 4000,
  gateway: 4001,
  simulator: 4002,
  identity: 4003,
  frontend: 4004,
  postgres: 54_329,
  'api admin': 4100,
  'gateway admin': 4101,
  'resolver admin': 4102,
  'coalescer admin': 4103,
  'frontend admin': 4104,
} as const

export type PortName = keyof typeof wanted
export type Ports = Record<PortName, number>

/** Gives every part its usual port or, where somebody else holds it, a free one, and tells. */
export async function choosePorts(tell: (text: string) => void): Promise<Ports> {
  const ports: Ports = { ...wanted }
  const taken = new Set<number>()
  for (const name of Object.keys(wanted) as PortName[]) {
    let port = await freePort(taken.has(wanted[name]) ? 0 : wanted[name])
    // A free port is given back at once, so the system may offer it again, here for the next part and elsewhere for another stack.
    while (taken.has(port) || !claimPort(port)) port = await freePort()
    ports[name] = port
    taken.add(port)
    if (ports[name] !== wanted[name]) tell(`Port ${wanted[name]} is busy: ${name} uses ${ports[name]} instead.`)
  }
  return ports
}
