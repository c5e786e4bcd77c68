/**
 * What a session needs beside the card: a security module that holds the keys. PsamSession of card/psam is one as it
 * stands; a region's HSM behind the network could be another. Keys never leave the module; factors say which card's keys are meant.
 */

import type { Result } from '../../base/result.ts'
import type { KeyReference } from '../identifier/key-reference.ts'
import type { Pin } from '../secret/pin.ts'

/** 8 bytes each (PSG 3.2). The module uses as many, nearest first, as the key's usage byte asks for. */
export interface DiversificationFactors {
  readonly card: Uint8Array
  readonly city: Uint8Array
  readonly province: Uint8Array
}

/**
 * The module's own name for why it refused, with its status word in four hex digits where it gave one. Only
 * 'psam-mac2-wrong' means something to a session: the rest is handed on to whoever looks after the module.
 */
export interface ModuleRefusal {
  readonly kind: string
  readonly statusWord?: string
}

/** What the card answered to INITIALIZE FOR PURCHASE, and what is to be paid when. */
export interface PurchaseTerms {
  readonly random4: Uint8Array
  /** Before the purchase. */
  readonly serial: number
  /** 32 for the social security purse, 06 for PBOC. */
  readonly type: number
  /** YYYYMMDD and hhmmss, the same that the debit carries. */
  readonly date: string
  readonly time: string
  readonly keyVersion: number
  readonly algorithm: number
  readonly factors: DiversificationFactors
}

export interface InitialisedPurchase {
  /** 4 bytes; the debit carries them. */
  readonly terminalSerial: Uint8Array
  /** 4 bytes. */
  readonly mac1: Uint8Array
}

/** fen: from the account, paid by the holder, paid by the pooled fund. */
export type SignedAmounts = readonly [account: number, own: number, pooled: number]

export interface PurchaseModule {
  /** 12 digits: file 0016 of a PSAM. MAC1 covers it, so it must be the one that the card is told. */
  readonly terminalNumber: string
  /** INIT SAM FOR PURCHASE over three amounts. */
  initialisePurchase(purchase: PurchaseTerms & { readonly amounts: SignedAmounts }): Promise<Result<InitialisedPurchase, ModuleRefusal>>
  /** The same over one amount in fen, for a PBOC purse. */
  initialisePbocPurchase(purchase: PurchaseTerms & { readonly amount: number }): Promise<Result<InitialisedPurchase, ModuleRefusal>>
  /** CREDIT SAM FOR PURCHASE: whether the card's answer to the purchase initialised last is genuine. */
  verifyMac2(mac2: Uint8Array): Promise<Result<null, ModuleRefusal>>
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
