/**
 * What a terminal can address on a card: files, who may read and write them, and their items with coding and length (S37
 * tables 2-9 and 42-52; v1.00 after XJ). One line a file; lengths are in hex bytes, as the sources print them.
 *
 *   an text in GB18030, right filled with 00 · cn decimal digits, right filled with F · bt a chain of inner TLVs
 */

import { invariant } from '../../base/invariant.ts'
import { AID, AID_SSSE } from '../identifier/application.ts'
import { KEY, type KeyName, type KeyReference } from '../identifier/key-reference.ts'
import type { CardVersion } from './identity.ts'

export type Coding = 'an' | 'cn' | 'bt'

export interface FileItem {
  readonly tag: number
  readonly coding: Coding
  /** Bytes of the value alone. */
  readonly length: number
}

export type FileContent =
  | { readonly kind: 'items'; readonly items: ReadonlyMap<number, FileItem> }
  /** Bytes of a record. */
  | { readonly kind: 'cyclic'; readonly recordLength: number }
  | { readonly kind: 'transparent' }

/** What a terminal shows before it reads. 'pin-or-key': whichever it has. */
export type ReadRight =
  | { readonly kind: 'free' }
  | { readonly kind: 'pin' }
  | { readonly kind: 'key' | 'pin-or-key' | 'pin-and-key'; readonly key: KeyReference }

export interface CardFile {
  /** As addresses name it: SSSEEF05, DF04EF08. */
  readonly name: string
  readonly aid: Uint8Array
  readonly fileId: number
  readonly read: ReadRight
  /** undefined: by no command. */
  readonly write: KeyReference | undefined
  readonly content: FileContent
}

const SSSE = `
  EF05 free   UKSSSE  01 cn 10, 02 an 01, 03 an 04, 04 cn 0C, 05 cn 04, 06 cn 04, 07 an 09
  EF06 free   UKSSSE  08 an 12, 09 an 1E, 4E an 14, 0A an 01, 0B cn 01, 0C cn 03, 0D cn 04
  EF07 RKSSSE UKSSSE  transparent
  EF08 RKSSSE UKSSSE  transparent`

const DF01 = `
  EF05 pin|RK1DF01 UK1DF01  20 an 02, 21 an 50, 0E cn 03
  EF06 pin|RK1DF01 UK4DF01  23 an 50, 24 cn 03, 28 an 0F, 2C an 32, 2D an 0F
  EF07 pin|RK1DF01 UK2DF01  29 an 01
  EF08 pin|RK1DF01 UK3DF01  2B an 01
  EF09 pin|RK1DF01 UK2DF01  2E an 46, 30 an 09, 32 an 02
  EF0A pin|RK1DF01 UK5DF01  37 an 03, 38 an 02, 39 cn 04
  EF15 pin|RK1DF01 UK6DF01  2A cn 01, 40 bt 34
  EF16 free        UK7DF01  transparent
  EF17 free        UK8DF01  transparent
  EF18 free        UK9DF01  transparent
  EF19 free        UKADF01  transparent
  EF1A free        UKBDF01  transparent`

const DF02 = `
  EF05 pin|RK1DF02 UK1DF02  42 an 03, 41 an 03, 43 bt 6C, 44 bt 65
  EF06 pin|RK1DF02 UK2DF02  4C cn 04, 4B an 05, 4D cn 03, 60 cn 04, 4F an 06, 50 cn 03, 3A an 07
  EF07 pin|RK1DF02 UK3DF02  cyclic 55
  EF09 pin|RK1DF02 UK4DF02  55 an 10, 56 an 46, 96 cn 04, 97 cn 03
  EF15 pin|RK1DF02 UK5DF02  99 bt 10, 0F cn 04, 1F cn 03
  EF16 pin|RK1DF02 UK6DF02  cyclic 12`

const DF03 = `
  EF05 pin|RK2DF03 UK1DF03  61 cn 03, 60 cn 04, 98 cn 04, 62 cn 04, 63 an 03, 64 an 03, 65 an 03, 66 an 03
  EF06 pin|RK1DF03 UK2DF03  45 an 14, 46 an 02, 47 an 02, 48 an 01, 49 an 01, 67 cn 04, 6B an 3C, 4A bt 61
  EF07 pin|RK1DF03 UK3DF03  70 an 03, 71 cn 03, 6E cn 04, 6C cn 04, 6F cn 04, 73 cn 04
  EF15 pin|RK1DF03 UK4DF03  7A cn 03, 7B cn 04, 7C cn 04
  EF16 pin|RK1DF03 UK5DF03  51 cn 03, 5F an 01
  EF17 pin|RK1DF03 UK6DF03  3B an 14, 3C an 46, 3D an 01, 3E cn 04, 3F an 3C
  EF18 pin|RK1DF03 UK7DF03  74 an 03, 75 cn 03, 76 cn 01, 77 cn 04, 78 cn 04
  EF19 pin|RK1DF03 UK8DF03  79 bt 27`

const DF04 = `
  EF05 pin|RK1DF04 UK1DF04  81 an 08, 84 cn 03, 87 an 11, 8C cn 01, 80 cn 04, 8B an 1D, 8A an 0F, 83 an 09, 86 an 09, 89 an 09, 7D an 09, 7E an 09, 7F an 09, 8D an 09, 8E an 09, 8F an 01
  EF06 pin+RK1DF04 UK2DF04  90 an 01, 92 cn 04, 93 an 02
  EF08 pin         never    cyclic 1C
  EF15 pin|RK1DF04 UK2DF04  cyclic 03`

const DF04_V1 = `
  EF05 pin|RK1DF04 UK1DF04  80 cn 04, 81 an 3E, 82 an 08, 83 an 09, 84 an 3E, 85 an 08, 86 an 09, 87 an 3E, 88 an 08, 89 an 09, 8A an 0F, 8B an 0A, 8C cn 01, 8F an 01
  EF06 pin|RK1DF04 never    90 cn 04, 92 cn 04, 93 cn 04
  EF08 pin         never    cyclic 1C
  EF15 pin|RK1DF04 UK2DF04  cyclic 03`

const DF07 = `
  EF05 pin|RK1DF07 UK1DF07  F0 an 02, F1 an 01, F2 cn 04, F3 an 03, F4 cn 04
  EF06 pin|RK2DF07 UK2DF07  F5 an 03, F6 cn 04, F7 an 46
  EF07 pin|RK3DF07 UK3DF07  F8 cn 04, F9 an 01`

const RIGHTS: Readonly<Record<string, 'pin-or-key' | 'pin-and-key'>> = { 'pin|': 'pin-or-key', 'pin+': 'pin-and-key' }

const V2 = table([['SSSE', AID_SSSE, SSSE], ['DF01', AID.DF01, DF01], ['DF02', AID.DF02, DF02], ['DF03', AID.DF03, DF03], ['DF04', AID.DF04, DF04], ['DF07', AID.DF07, DF07]])
const V1 = new Map([...V2, ...table([['DF04', AID.DF04, DF04_V1]])])

/** undefined: no file of that name on a card of this version. The SSSE's aliases MF and 3F00 name it too. */
export function cardFile(version: CardVersion, name: string): CardFile | undefined {
  const file = (version === '1.00' ? V1 : V2).get(name.replace(/^(MF|3F00|DDF1)EF/, 'SSSEEF'))
  if (file === undefined || version !== '3.00' || file.read.kind !== 'free') return file
  // v3.00 shows holder and card number to those alone who have the key; what is free of EF05 is read when a session opens.
  return { ...file, read: { kind: 'key', key: KEY.RKSSSE } }
}

function table(applications: readonly (readonly [name: string, aid: Uint8Array, lines: string])[]): Map<string, CardFile> {
  const files = applications.flatMap(([application, aid, lines]) => lines.trim().split('\n').map((line) => fileOf(application, aid, line)))
  return new Map(files.map((file) => [file.name, file]))
}

function fileOf(application: string, aid: Uint8Array, line: string): CardFile {
  const [, ef = '', read = '', write = '', content = ''] = /^\s*(\w+)\s+(\S+)\s+(\S+)\s+(.+)$/.exec(line) ?? []
  return { name: `${application}${ef}`, aid, fileId: Number.parseInt(ef, 16), read: rightOf(read), write: write === 'never' ? undefined : keyOf(write), content: contentOf(content) }
}

function rightOf(text: string): ReadRight {
  if (text === 'free' || text === 'pin') return { kind: text }
  const [, pin = '', key = ''] = /^(pin[|+])?(\w+)$/.exec(text) ?? []
  return { kind: RIGHTS[pin] ?? 'key', key: keyOf(key) }
}

function keyOf(name: string): KeyReference {
  invariant(Object.hasOwn(KEY, name), `the file table names a key "${name}"`)
  return KEY[name as KeyName]
}

function contentOf(text: string): FileContent {
  if (text === 'transparent') return { kind: 'transparent' }
  const [, recordLength] = /^cyclic (\w+)$/.exec(text) ?? []
  if (recordLength !== undefined) return { kind: 'cyclic', recordLength: Number.parseInt(recordLength, 16) }
  const items = text.split(', ').map((written): FileItem => {
    const [tag = '', coding = '', length = ''] = written.split(' ')
    return { tag: Number.parseInt(tag, 16), coding: coding as Coding, length: Number.parseInt(length, 16) }
  })
  return { kind: 'items', items: new Map(items.map((item) => [item.tag, item])) }
}
