/** Where the driver of a slot listens: `--host H[:PORT]` names its first slot, and every slot has the port after the one before. */

import { ok, type Result } from '../../../base/result.ts'
import { badInput, type Failure } from '../failure.ts'
import type { DriverAddress } from './driver-link.ts'

/** 0x8C7B, as vpcd is delivered. */
const PORT = 35_963
const HOST = '127.0.0.1'
const PORT_MAX = 65_535
/** More than any driver is built with: the delivered one has two. */
const SLOT_MAX = 15

export interface SlotAddress extends DriverAddress {
  readonly slot: number
}

export function slotAddress(host: string | undefined, slot = '0'): Result<SlotAddress, Failure> {
  if (!/^\d{1,2}$/.test(slot) || Number(slot) > SLOT_MAX) {
    return badInput('bad-slot', `--slot: "${slot}" must be a number from 0 to ${SLOT_MAX}; the driver as it is delivered has slots 0 and 1`)
  }
  const parts = /^(?:\[(?<six>[0-9a-fA-F:]+)\]|(?<name>[^:[\]\s]+))(?::(?<port>\d{1,5}))?$/.exec(host ?? HOST)?.groups
  const first = Number(parts?.['port'] ?? PORT)
  const port = first + Number(slot)
  if (parts === undefined || first < 1 || port > PORT_MAX) {
    return badInput('bad-host', `--host: "${host ?? HOST}" must be HOST or HOST:PORT, such as ${HOST}:${PORT}, PORT from 1 to ${PORT_MAX}`)
  }
  return ok({ host: parts['six'] ?? parts['name'] ?? HOST, port, slot: Number(slot) })
}
