/** A security module without keys: answers what it is told to, so that a dialogue can be checked byte by byte. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { bytesEqual } from '../../card/bytes/bytes.ts'
import { fromHex } from '../../card/bytes/hex.ts'
import type { ModuleRefusal, PurchaseModule } from '../../card/session/ports.ts'

export interface ModuleScript {
  readonly terminalNumber?: string
  readonly cryptogram?: string
  readonly mac2?: string
  /** Refuses every purchase so. */
  readonly refusal?: ModuleRefusal
  /** What verifyMac2 answers instead of comparing. */
  readonly mac2Refusal?: ModuleRefusal
}

/** The values of the published worked settlement: terminal serial 12, MAC1 A6B1F0A8, MAC2 5C338336. */
export function scriptedModule(script: ModuleScript = {}): PurchaseModule {
  const purchase = (): Promise<Result<{ terminalSerial: Uint8Array; mac1: Uint8Array }, ModuleRefusal>> =>
    Promise.resolve(
      script.refusal === undefined
        ? ok({ terminalSerial: fromHex('00000012'), mac1: fromHex('A6B1F0A8') })
        : refuse(script.refusal)
    )
  const mac2 = fromHex(script.mac2 ?? '5C338336')
  return {
    terminalNumber: script.terminalNumber ?? '510100000001',
    initialisePurchase: purchase,
    initialisePbocPurchase: purchase,
    verifyMac2: (given) =>
      Promise.resolve(
        script.mac2Refusal === undefined && bytesEqual(given, mac2)
          ? ok(null)
          : refuse(script.mac2Refusal ?? { kind: 'psam-mac2-wrong', statusWord: '9302' })
      ),
    encryptChallenge: () => Promise.resolve(ok(fromHex(script.cryptogram ?? 'CED1FDBE1126B305'))),
    commandMac: () => Promise.resolve(ok(fromHex('AC6748B4'))),
    encryptPinBlock: () => Promise.resolve(ok(fromHex('3984092959AED276')))
  }
}
