/** Which key a command names, by its reference on the card or in the PSAM. A key has a name and no value here. */

import { KEY, KEY_NAMES, PSAM_KEY_TYPE, psamKeyType, type KeyName } from '../identifier/key-reference.ts'
import type { CardDirectory } from './place.ts'
import { hexByte } from './traced-command.ts'
import { say, type Words } from './words.ts'

/** Purchase, load and TAC keys are named by version and never in an authentication. */
const PURSE_KEYS: readonly KeyName[] = ['DPK', 'DLK', 'DTK']

/** Some cards know the key of internal authentication as 03. */
const OTHER_IRK = 0x03
const LOCAL_FROM = 0x80

/** Below 80 a key of the SSSE, from 80 on one of the current directory. */
export function cardKeyText(directory: CardDirectory, reference: number): Words {
  const owner = reference < LOCAL_FROM ? 'SSSE' : directory
  const sought = owner === 'SSSE' && reference === OTHER_IRK ? KEY.IRK.card : reference
  const name = KEY_NAMES.find((key) => KEY[key].directory === owner && KEY[key].card === sought && !PURSE_KEYS.includes(key))
  return name === undefined ? say(`密钥${hexByte(reference)}`, `key ${hexByte(reference)}`) : keyText(name)
}

export function psamKeyText(usage: number, id: number): Words {
  if (psamKeyType(usage) === PSAM_KEY_TYPE.PURCHASE) return keyText('DPK')
  const name = KEY_NAMES.find((key) => KEY[key].psam?.id === id && !PURSE_KEYS.includes(key))
  return name === undefined ? say(`密钥${hexByte(id)}`, `key ${hexByte(id)}`) : keyText(name)
}

const PURPOSES: readonly (readonly [RegExp, Words])[] = [
  [/^IRK$/, say('内部认证密钥', 'internal authentication')],
  [/^PUK$/, say('密码解锁密钥', 'PIN unblock')],
  [/^STK/, say('报文鉴别密钥', 'message authentication')],
  [/^BK$/, say('应用锁定密钥', 'blocking')],
  [/^LK/, say('应用锁定密钥', 'blocking')],
  [/^RK/, say('读密钥', 'reading')],
  [/^UK/, say('更新密钥', 'writing')],
  [/^DPK$/, say('消费密钥', 'purchase')],
  [/^DSK$/, say('金额维护密钥', 'amount maintenance')]
]

function keyText(name: KeyName): Words {
  const purpose = PURPOSES.find(([pattern]) => pattern.test(name))?.[1]
  return purpose === undefined ? say(name, name) : say(`${name}（${purpose.zh}）`, `${name} (${purpose.en})`)
}
