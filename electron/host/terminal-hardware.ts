/**
 * What stands on the counter, simulated: a reader with a card from a card file, and a PSAM from its file. The one place
 * that names these drivers; the session above speaks to any reader and any PSAM.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { Chip } from '../../card/chip/chip.ts'
import { readImage, type ImageRefusal } from '../../card/chip/image/image.ts'
import { MemoryMedium } from '../../card/chip/memory-medium.ts'
import type { Entropy } from '../../card/ports.ts'
import { PsamChip } from '../../card/psam/chip/psam-chip.ts'
import { openPsam, type PsamSession } from '../../card/psam/psam-session.ts'
import type { PsamRefusal } from '../../card/psam/psam-refusal.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import type { CardReader, ConnectFailure } from '../../card/reader/card-reader.ts'
import { openChipFile, type ChipFile, type ChipFileRefusal, type ChipKind } from './chip-file.ts'
import type { FaultPoint } from './fault-point.ts'

const cardKind = (entropy: Entropy): ChipKind<Chip> => ({
  writes: 'card-write',
  build: (memory) => {
    const image = readImage(memory)
    return image.ok ? ok(new Chip(memory, entropy)) : refuse(reasonOf(image.error))
  }
})

/** What a file that is none of ours is refused with: a PSAM's is. */
const NO_CARD: ImageRefusal['kind'] = 'not-a-card-image'

/** "image-damaged: ...": the kind, and what the image itself says of it. */
const reasonOf = (refusal: ImageRefusal): string =>
  'reason' in refusal ? `${refusal.kind}: ${refusal.reason}` : refusal.kind

const psamKind = (entropy: Entropy): ChipKind<PsamChip> => ({
  writes: 'psam-write',
  build: (medium) => {
    const chip = PsamChip.open({ medium, entropy })
    return chip.ok ? chip : refuse(chip.error.problem)
  }
})

export interface InsertedCard {
  readonly reader: VirtualReader
  /** Takes the card out and lets go of its file. */
  remove(): void
}

export const openCardFile = (path: string, entropy: Entropy, faultPoint: FaultPoint): Result<ChipFile<Chip>, ChipFileRefusal> =>
  openChipFile(path, cardKind(entropy), faultPoint)

export type AnyChipFile =
  | { readonly kind: 'card'; readonly file: ChipFile<Chip> }
  | { readonly kind: 'psam'; readonly file: ChipFile<PsamChip> }

/** A card's file or a PSAM's, whichever it is. */
export function openAnyChipFile(path: string, entropy: Entropy, faultPoint: FaultPoint): Result<AnyChipFile, ChipFileRefusal> {
  const card = openCardFile(path, entropy, faultPoint)
  if (card.ok) return ok({ kind: 'card', file: card.value })
  const isCard = card.error.kind !== 'not-a-chip-file' || card.error.reason !== NO_CARD
  if (isCard) return card
  const psam = openChipFile(path, psamKind(entropy), faultPoint)
  if (psam.ok) return ok({ kind: 'psam', file: psam.value })
  return psam.error.kind === 'not-a-chip-file' ? refuse({ ...psam.error, reason: `${NO_CARD}; ${psam.error.reason}` }) : psam
}

export function insertCardFile(path: string, entropy: Entropy, faultPoint: FaultPoint): Result<InsertedCard, ChipFileRefusal> {
  const file = openCardFile(path, entropy, faultPoint)
  if (!file.ok) return file
  const reader = new VirtualReader('virtual reader')
  reader.insert(file.value.chip)
  return ok({ reader, remove: () => removeChip(reader, file.value) })
}

export interface InstalledPsam {
  readonly session: PsamSession
  remove(): void
}

export type PsamSlotRefusal = ChipFileRefusal | ConnectFailure | PsamRefusal

/** A PSAM whose serial lasts from run to run. `wrap` looks at what passes. */
export async function installPsamFile(
  path: string,
  entropy: Entropy,
  faultPoint: FaultPoint,
  wrap: (reader: CardReader) => CardReader = (reader) => reader
): Promise<Result<InstalledPsam, PsamSlotRefusal>> {
  const file = openChipFile(path, psamKind(entropy), faultPoint)
  return file.ok ? startPsam(file.value, wrap) : file
}

/** A PSAM that forgets: enough to read a card or to free a PIN, where no terminal serial is used up. */
export async function installPsamImage(image: Uint8Array, entropy: Entropy, wrap?: (reader: CardReader) => CardReader): Promise<Result<InstalledPsam, PsamSlotRefusal>> {
  const chip = PsamChip.open({ medium: new MemoryMedium(image), entropy })
  invariant(chip.ok, 'an image just made is no PSAM')
  return startPsam({ chip: chip.value, close: () => {} }, wrap)
}

/** Whatever answers in a reader as a PSAM does. */
export async function openPsamIn(reader: CardReader): Promise<Result<InstalledPsam, ConnectFailure | PsamRefusal>> {
  const connection = await reader.connect()
  if (!connection.ok) return connection
  const session = await openPsam(connection.value)
  return session.ok ? ok({ session: session.value, remove: () => void connection.value.disconnect() }) : session
}

async function startPsam(
  file: ChipFile<PsamChip>,
  wrap: (reader: CardReader) => CardReader = (reader) => reader
): Promise<Result<InstalledPsam, PsamSlotRefusal>> {
  const slot = new VirtualReader('virtual PSAM slot')
  slot.insert(file.chip)
  const remove = (): void => removeChip(slot, file)
  const opened = await openPsamIn(wrap(slot))
  if (opened.ok) return ok({ session: opened.value.session, remove })
  remove()
  return opened
}

function removeChip(reader: VirtualReader, file: ChipFile<unknown>): void {
  reader.remove()
  file.close()
}
