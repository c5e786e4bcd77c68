/** Addresses that only this machine can reach. The door stands open on no other. */

import { BlockList, isIP } from 'node:net'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')

/** The address to listen on, or undefined when others could reach it. A name is not looked up: it may answer anything. */
export function loopbackAddress(given: string): string | undefined {
  if (given === 'localhost') return '127.0.0.1'
  const version = isIP(given)
  if (version === 0) return undefined
  return LOOPBACK.check(given, version === 6 ? 'ipv6' : 'ipv4') ? given : undefined
}

const HTTP_PORT = 80

/** What a browser writes into Host for this door: nothing else gets in, so no name of a stranger can be pointed here. */
export function hostNames(address: string, port: number): readonly string[] {
  const names = [isIP(address) === 6 ? `[${address}]` : address, 'localhost']
  return port === HTTP_PORT ? names : names.map((name) => `${name}:${port}`)
}
