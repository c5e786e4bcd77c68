/** A reader's own pad, asked through PC/SC part 10. The digits pass between keys and chip; what comes back is two bytes. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { readUint } from '../../../bytes/bytes.ts'
import type { PadModify, PadVerify, PinPadFailure } from '../../pin-pad.ts'
import type { PcscCard, PcscFailure } from '../pcsc-module.ts'
import type { TroubleSystem } from '../reader-trouble.ts'
import { featureRequest, parseFeatures, parsePinProperties, parseTlvProperties, PLAIN_PAD, type PadFeatures, type PadProperties } from './features.ts'
import { modifyStructure, verifyStructure, type PadMoment } from './pin-structures.ts'

export type PadAnswer = Result<Uint8Array, PinPadFailure | PcscFailure>

export interface Part10Pad {
  verify(request: PadVerify): Promise<PadAnswer>
  readonly modify?: (request: PadModify) => Promise<PadAnswer>
}

/** Long enough for old fingers; a pad ends the entry itself, so nobody waits longer than this. */
export const PAD_TIME_OUT_SECONDS = 30

/** undefined: the reader has no pad, or one that cannot fill in a command by itself. */
export async function part10Pad(card: PcscCard, system: TroubleSystem): Promise<Part10Pad | undefined> {
  const asked = await card.control(featureRequest(system), new Uint8Array(0))
  if (!asked.ok) return undefined
  const features = parseFeatures(asked.value)
  const { verifyDirect, modifyDirect } = features
  if (verifyDirect === undefined) return undefined
  const properties = await propertiesOf(card, features)
  const moment: PadMoment = { timeOutSeconds: PAD_TIME_OUT_SECONDS, language: 'zh', properties }
  return {
    verify: (request) => {
      const { min, max } = request.digits
      if (!takes(properties, min) || !takes(properties, max)) return Promise.resolve(LENGTH_REFUSED)
      return type(card, verifyDirect, verifyStructure(request, moment))
    },
    ...(modifyDirect === undefined
      ? {}
      : {
          modify: (request: PadModify) =>
            takes(properties, request.digits) ? type(card, modifyDirect, modifyStructure(request, moment)) : Promise.resolve(LENGTH_REFUSED)
        })
  }
}

/** Its own word for it: parameters that the pad does not take. */
const LENGTH_REFUSED = refuse<PinPadFailure>({ kind: 'pad-refused', statusWord: '6B80' })

const takes = ({ digitsMin = 0, digitsMax = 0xff }: PadProperties, digits: number): boolean =>
  // A pad that says its maximum is 0 says that it has none.
  digits >= digitsMin && (digitsMax === 0 || digits <= digitsMax)

async function propertiesOf(card: PcscCard, { tlvProperties, pinProperties }: PadFeatures): Promise<PadProperties> {
  if (tlvProperties !== undefined) {
    const answer = await card.control(tlvProperties, new Uint8Array(0))
    if (answer.ok) return parseTlvProperties(answer.value)
  }
  if (pinProperties === undefined) return PLAIN_PAD
  const answer = await card.control(pinProperties, new Uint8Array(0))
  return answer.ok ? parsePinProperties(answer.value) : PLAIN_PAD
}

async function type(card: PcscCard, controlCode: number, structure: Uint8Array): Promise<PadAnswer> {
  const answer = await card.control(controlCode, structure)
  if (!answer.ok) return answer
  if (answer.value.length < 2) return refuse({ call: 'SCardControl', code: NOT_TRANSACTED })
  const failure = failureOf(readUint(answer.value, answer.value.length - 2, 2))
  return failure === undefined ? ok(answer.value.slice(-2)) : refuse(failure)
}

/** Less than a status word: whether the card was asked is not known. */
const NOT_TRANSACTED = 0x80100016

/** Words that the pad itself says (part 10, 2.6); every other is the card's. */
function failureOf(word: number): PinPadFailure | undefined {
  switch (word) {
    case 0x6400:
      return { kind: 'pad-timeout' }
    case 0x6401:
      return { kind: 'pad-cancelled' }
    case 0x6402:
      return { kind: 'pad-entries-differ' }
    case 0x6403:
      return { kind: 'pad-length' }
    case 0x6b80:
      return { kind: 'pad-refused', statusWord: '6B80' }
    default:
      return undefined
  }
}
