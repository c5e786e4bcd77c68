import { describe, expect, it } from 'vitest'
import { slotAddress } from './address.ts'

describe('the address of a slot', () => {
  it.each([
    [undefined, undefined, { host: '127.0.0.1', port: 35963, slot: 0 }],
    [undefined, '1', { host: '127.0.0.1', port: 35964, slot: 1 }],
    ['reader.example', undefined, { host: 'reader.example', port: 35963, slot: 0 }],
    ['10.0.0.7:5000', '3', { host: '10.0.0.7', port: 5003, slot: 3 }],
    ['[::1]:5000', '0', { host: '::1', port: 5000, slot: 0 }]
  ])('--host %s --slot %s', (host, slot, address) => {
    expect(slotAddress(host, slot)).toEqual({ ok: true, value: address })
  })

  it.each([
    [undefined, '16', '--slot: "16" must be a number from 0 to 15; the driver as it is delivered has slots 0 and 1'],
    [undefined, '-1', '--slot: "-1" must be a number from 0 to 15; the driver as it is delivered has slots 0 and 1'],
    ['a:b', '0', '--host: "a:b" must be HOST or HOST:PORT, such as 127.0.0.1:35963, PORT from 1 to 65535'],
    [':5000', '0', '--host: ":5000" must be HOST or HOST:PORT, such as 127.0.0.1:35963, PORT from 1 to 65535'],
    ['a:0', '0', '--host: "a:0" must be HOST or HOST:PORT, such as 127.0.0.1:35963, PORT from 1 to 65535'],
    ['a:65535', '1', '--host: "a:65535" must be HOST or HOST:PORT, such as 127.0.0.1:35963, PORT from 1 to 65535']
  ])('--host %s --slot %s is refused', (host, slot, message) => {
    const address = slotAddress(host, slot)
    expect(address.ok ? '' : [address.error.exitCode, address.error.message]).toEqual([2, message])
  })
})
