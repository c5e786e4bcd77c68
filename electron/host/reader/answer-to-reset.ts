/** An answer to reset in words: what the chip says of itself before anybody has asked it anything (ISO 7816-3 8.2). */

import { byteAt } from '../../../card/bytes/bytes.ts'
import { toHex } from '../../../card/bytes/hex.ts'
import { cardFactor, historicalBytes } from '../../../card/crypto/factors.ts'
import type { AnswerToResetView } from '../../contract/reader-view.ts'

const INVERSE = 0x3f
/** "卡复位信息" of a social security card. */
const SOCIAL_SECURITY_LENGTH = 13

export function answerToResetView(atr: Uint8Array): AnswerToResetView {
  const historical = historicalBytes(atr)
  const protocols = protocolsOf(atr)
  const convention = atr[0] === INVERSE ? { zh: '反向约定', en: 'inverse convention' } : { zh: '正向约定', en: 'direct convention' }
  const kind = kindOf(atr, historical)
  const bytes = historical === undefined || historical.length === 0 ? { zh: '无历史字节', en: 'no historical bytes' } : { zh: `历史字节 ${toHex(historical)}`, en: `historical bytes ${toHex(historical)}` }
  return {
    bytes: toHex(atr),
    words: {
      zh: `${convention.zh}，${protocols.join('、')}，${bytes.zh}：${kind.zh}`,
      en: `${convention.en}, ${protocols.join(' and ')}, ${bytes.en}: ${kind.en}`
    }
  }
}

function kindOf(atr: Uint8Array, historical: Uint8Array | undefined): { readonly zh: string; readonly en: string } {
  if (historical === undefined) return { zh: '字节不完整', en: 'bytes are missing' }
  if (cardFactor(atr) === undefined) return { zh: '不像社会保障卡', en: 'unlike a social security card' }
  return historical.length === SOCIAL_SECURITY_LENGTH ? { zh: '像社会保障卡', en: 'like a social security card' } : { zh: '可能是社会保障卡', en: 'perhaps a social security card' }
}

/** TDi name the protocols in their low half; without any it is T=0. */
function protocolsOf(atr: Uint8Array): string[] {
  const found = new Set<string>()
  let present = atr.length > 1 ? byteAt(atr, 1) >> 4 : 0
  let offset = 2
  while ((present & 8) !== 0) {
    offset += [1, 2, 4].filter((bit) => present & bit).length
    if (offset >= atr.length) break
    const next = byteAt(atr, offset)
    // T=15 is about the contacts, not about how to talk.
    if ((next & 0x0f) !== 15) found.add(`T=${next & 0x0f}`)
    present = next >> 4
    offset += 1
  }
  return found.size === 0 ? ['T=0'] : [...found]
}
