/** The checksum of a ZIP's members (APPNOTE 4.4.7), which the unpacker does not look at. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1
  return value
})

/** `before`: of the bytes that stand before these; 0 at the beginning. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before
  for (let index = 0; index < bytes.length; index += 1) value = (TABLE[(value ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8)
  return ~value >>> 0
}
