/**
 * What a broken connection means to whoever stands at the counter: part of a sentence. The system, TLS and this program's own
 * driver each have codes for it, and those are for support.
 */

import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'

const NO_NETWORK = say('本机没有网络', 'this machine has no network')
const NO_WAY = say('网络通不到中心的机器', "the network does not lead to the centre's machine")
const NO_ANSWER = say('中心的机器没有及时应答', "the centre's machine does not answer in time")
const BROKEN_OFF = say('连接中途断开', 'the connection broke off')

const CODES: Readonly<Record<string, Text>> = {
  ENOTFOUND: say('查不到中心的地址：本机没有网络，或地址有误', 'its address is not found: this machine has no network, or the address is wrong'),
  EAI_AGAIN: say('查不到中心的地址：本机没有网络', 'its address cannot be looked up: this machine has no network'),
  ENETUNREACH: NO_NETWORK,
  ENETDOWN: NO_NETWORK,
  EADDRNOTAVAIL: NO_NETWORK,
  EHOSTUNREACH: NO_WAY,
  EHOSTDOWN: NO_WAY,
  ETIMEDOUT: NO_ANSWER,
  timeout: NO_ANSWER,
  ECONNRESET: BROKEN_OFF,
  ECONNABORTED: BROKEN_OFF,
  EPIPE: BROKEN_OFF,
  'broken-off': BROKEN_OFF,
  ECONNREFUSED: say('中心的机器在，但中心的程序没有运行', 'its machine is there, but no centre runs on it'),
  CERT_HAS_EXPIRED: say('中心的证书已过期', 'its certificate has expired'),
  CERT_NOT_YET_VALID: say('中心的证书尚未生效', 'its certificate is not valid yet')
}

const OF_CERTIFICATES = /^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|ERR_TLS)/

const reasonOf = (cause: string): Text | undefined => CODES[cause] ?? (OF_CERTIFICATES.test(cause) ? say('本机不信任中心的证书', 'this machine does not trust its certificate') : undefined)

/** `what`, and why when the code has words. */
export function because({ zh, en }: Text, cause: string): Text {
  const reason = reasonOf(cause)
  return reason === undefined ? say(zh, en) : say(`${zh}（${reason.zh}）`, `${en} (${reason.en})`)
}
