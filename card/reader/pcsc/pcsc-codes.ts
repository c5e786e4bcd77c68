/** Numbers of PC/SC part 5 and part 10 that the driver knows, unsigned. The system's own headers have the same. */

export const PCSC = {
  INTERNAL_ERROR: 0x80100001,
  CANCELLED: 0x80100002,
  INVALID_HANDLE: 0x80100003,
  NO_MEMORY: 0x80100006,
  INSUFFICIENT_BUFFER: 0x80100008,
  UNKNOWN_READER: 0x80100009,
  TIMEOUT: 0x8010000a,
  SHARING_VIOLATION: 0x8010000b,
  NO_SMARTCARD: 0x8010000c,
  PROTO_MISMATCH: 0x8010000f,
  NOT_READY: 0x80100010,
  SYSTEM_CANCELLED: 0x80100012,
  COMM_ERROR: 0x80100013,
  NOT_TRANSACTED: 0x80100016,
  READER_UNAVAILABLE: 0x80100017,
  UNSUPPORTED_FEATURE: 0x8010001f,
  NO_SERVICE: 0x8010001d,
  SERVICE_STOPPED: 0x8010001e,
  NO_READERS_AVAILABLE: 0x8010002e,
  COMM_DATA_LOST: 0x8010002f,
  UNSUPPORTED_CARD: 0x80100065,
  UNRESPONSIVE_CARD: 0x80100066,
  UNPOWERED_CARD: 0x80100067,
  RESET_CARD: 0x80100068,
  REMOVED_CARD: 0x80100069,
  SECURITY_VIOLATION: 0x8010006a
} as const

export const SHARE = { exclusive: 1, shared: 2, direct: 3 } as const
export const TREATMENT = { leave: 0, warm: 1, cold: 2 } as const
export const PROTOCOL = { 'T=0': 1, 'T=1': 2 } as const

/** Bits of dwEventState. Its upper half counts insertions and removals. */
export const STATE = {
  CHANGED: 0x0002,
  UNAVAILABLE: 0x0008,
  PRESENT: 0x0020,
  EXCLUSIVE: 0x0080,
  IN_USE: 0x0100,
  MUTE: 0x0200
} as const

/** A reader that does not exist and changes whenever one comes or leaves. Windows and pcsc-lite know it, macOS does not. */
export const ANNOUNCEMENTS = '\\\\?PnP?\\Notification'

export const codeText = (code: number): string => code.toString(16).toUpperCase().padStart(8, '0')
