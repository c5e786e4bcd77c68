/** CRC-16 of polynomial 1021, initial value FFFF: finds every change within 16 neighbouring bits. */

import { writeUint } from '../../bytes/bytes.ts'

export const CHECKSUM_LENGTH = 2

export function checksum(bytes: Uint8Array): Uint8Array {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1
  }
  return writeUint(crc, CHECKSUM_LENGTH)
}
