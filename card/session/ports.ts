/**
 * What a session needs beside the card: a security module that holds the keys. Any PSAM session satisfies it, and so would
 * a region's HSM behind the network. Keys never leave the module; factors say which card's keys are meant.
 */

import type { Result } from '../../base/result.ts'
import type { PurseAmounts, PurseCommands } from '../command/purse.ts'
import type { KeyReference } from '../identifier/key-reference.ts'
import type { Pin } from '../secret/pin.ts'

/** 8 bytes each (PSG 3.2). The module uses as many, nearest first, as the key's usage byte asks for. */
export interface DiversificationFactors {
  readonly card: Uint8Array
  readonly city: Uint8Array
  readonly province: Uint8Array
}

/** `statusWord` is the module's, four hex digits, or 'none' when it gave none. */
export interface ModuleRefusal {
  readonly kind: 'psam'
  readonly statusWord: string
}

export interface PurchaseInput {
  /** What the card answered to INITIALIZE FOR PURCHASE. */
  readonly random4: Uint8Array
  readonly serial: number
  readonly keyVersion: number
  readonly algorithm: number
  /** fen. */
  readonly amounts: PurseAmounts
  /** Whether MAC1 is over all three amounts (SSC) or over the account amount alone (PBOC). */
  readonly signs: PurseCommands['amounts']
  readonly type: number
  /** 14 digits YYYYMMDDhhmmss. */
  readonly time: string
  readonly factors: DiversificationFactors
}

export interface PurchaseModule {
  /** 12 digits: file 0016 of the PSAM. MAC1 covers it, so it must be the one that the card is told. */
  readonly terminalNo: string
  /** INIT SAM FOR PURCHASE. `mac1` has 4 bytes. */
  initialisePurchase(
    input: PurchaseInput
  ): Promise<Result<{ readonly terminalSerial: number; readonly mac1: Uint8Array }, ModuleRefusal>>
  /** CREDIT SAM FOR PURCHASE: whether the card's answer to the purchase just initialised is genuine. */
  verifyMac2(mac2: Uint8Array): Promise<Result<null, ModuleRefusal | { readonly kind: 'wrong-mac2' }>>
  /** `data`, one cipher block, enciphered under the key's session key for `challenge`. */
  encryptChallenge(input: KeyedChallenge & { readonly data: Uint8Array }): Promise<Result<Uint8Array, ModuleRefusal>>
  /** 4 bytes over `message`, which the module pads, under the key's session key for `challenge`. */
  commandMac(input: KeyedChallenge & { readonly message: Uint8Array }): Promise<Result<Uint8Array, ModuleRefusal>>
  /** The PIN block (length byte, digits, 80 00 ..) enciphered under the key's session key for `challenge`. */
  encryptPinBlock(input: KeyedChallenge & { readonly pin: Pin }): Promise<Result<Uint8Array, ModuleRefusal>>
}

export interface KeyedChallenge {
  readonly key: KeyReference
  readonly factors: DiversificationFactors
  /** From the card, or the terminal's own random for internal authentication. */
  readonly challenge: Uint8Array
}
