/**
 * How an application of the card is written down: one table each, read by the memory map and by every command that touches
 * a file. Item types are the specification's own: `an` text, `cn` packed decimal, `b` binary, `tlv` a chain of inner items.
 *
 * Access rights are the specification's words: "free", "never", "PIN", a key's name, or two of these joined by "or"/"and".
 * A key's name stands for a successful EXTERNAL AUTHENTICATE under that key.
 */

export type ItemType = 'an' | 'cn' | 'b' | 'tlv'

/** Values that the purse keeps and a v1.00 card shows as items. */
export type LiveValue = 'balance' | 'own-payment-total' | 'pooled-payment-total'

export interface Item {
  readonly tag: number
  readonly type: ItemType
  /** Bytes of the value, without tag and length. */
  readonly length: number
  /** Empty where no source names the item. */
  readonly name: string
  /** Records of this tag in the file; 1 unless said. */
  readonly times?: number
  readonly inner?: readonly Item[]
  /** Overrides the file's read right. */
  readonly read?: string
  /** Not stored: shown from the purse. */
  readonly live?: LiveValue
}

export type FileStructure =
  | { readonly kind: 'records'; readonly items: readonly Item[] }
  | { readonly kind: 'cyclic'; readonly recordLength: number; readonly records: number }
  | { readonly kind: 'transparent'; readonly size: number }

export interface FileTable {
  /** EFnn; its short file identifier is nn. */
  readonly fid: number
  readonly name: string
  readonly read: string
  readonly write: string
  readonly structure: FileStructure
}

export type KeyPurpose = 'internal' | 'external' | 'message' | 'purchase' | 'load' | 'tac' | 'reserved'

export interface KeyRow {
  readonly name: string
  /** Reference in P2: below 80 a key of the SSSE, from 80 on a key of the current application. */
  readonly id: number
  readonly purpose: KeyPurpose
  /** Bytes under DES; under SM4 every key has 16. */
  readonly length: 8 | 16
}

export const APPLICATION_NAMES = ['SSSE', 'DF01', 'DF02', 'DF03', 'DF04', 'DF05', 'DF06', 'DF07'] as const
export type ApplicationName = (typeof APPLICATION_NAMES)[number]

export interface ApplicationTable {
  readonly name: ApplicationName
  readonly title: string
  readonly fid: number
  /** Absent where the specification gives a label instead (DF05, DF06). */
  readonly aid?: Uint8Array
  readonly keys: readonly KeyRow[]
  /** Right that APPLICATION BLOCK, UNBLOCK and CARD BLOCK ask for, besides their MAC. */
  readonly maintenance: string
  readonly files: readonly FileTable[]
}

export const item = (
  tag: number,
  type: ItemType,
  length: number,
  name = '',
  more: Partial<Pick<Item, 'read' | 'live' | 'times'>> = {}
): Item => ({ tag, type, length, name, ...more })

/** A record whose value is a chain of inner items. */
export const chain = (tag: number, length: number, times: number, name: string, inner: readonly Item[]): Item => ({
  tag,
  type: 'tlv',
  length,
  name,
  times,
  inner
})

interface Rights {
  readonly read: string
  readonly write: string
}

export const records = (fid: number, name: string, rights: Rights, items: readonly Item[]): FileTable => ({
  fid,
  name,
  ...rights,
  structure: { kind: 'records', items }
})

export const cyclic = (
  fid: number,
  name: string,
  rights: Rights,
  shape: { readonly recordLength: number; readonly records: number }
): FileTable => ({ fid, name, ...rights, structure: { kind: 'cyclic', ...shape } })

export const transparent = (fid: number, name: string, rights: Rights, size: number): FileTable => ({
  fid,
  name,
  ...rights,
  structure: { kind: 'transparent', size }
})

export const key = (name: string, id: number, purpose: KeyPurpose = 'external', length: 8 | 16 = 16): KeyRow => ({
  name,
  id,
  purpose,
  length
})
