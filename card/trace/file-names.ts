/** What applications and files are called (S37 table 1 and the tables of each application; PSG 1). */

import { bytesEqual } from '../bytes/bytes.ts'
import { AID, AID_SSSE, DF } from '../identifier/application.ts'
import { PSAM_EF } from '../identifier/psam-file.ts'
import type { CardDirectory } from './place.ts'
import { hexByte } from './traced-command.ts'
import { say, type Words } from './words.ts'

const DIRECTORIES: Readonly<Record<CardDirectory, Words>> = {
  SSSE: say('社会保障系统环境', 'social security environment'),
  DF01: say('公共应用', 'public'),
  DF02: say('就业与失业应用', 'employment'),
  DF03: say('社会保险应用1', 'social insurance 1'),
  DF04: say('社会保险应用2（医疗保险）', 'social insurance 2, medical'),
  DF05: say('生命与健康应用', 'health'),
  DF06: say('社会救助应用', 'social assistance'),
  DF07: say('人事与人才应用', 'personnel')
}

export const directoryText = (directory: CardDirectory): Words => {
  const { zh, en } = DIRECTORIES[directory]
  return say(`${directory} ${zh}`, `${directory}, ${en}`)
}

const NAMES: readonly (readonly [CardDirectory, Uint8Array])[] = [
  ['SSSE', AID_SSSE],
  ['DF01', AID.DF01],
  ['DF02', AID.DF02],
  ['DF03', AID.DF03],
  ['DF04', AID.DF04],
  ['DF07', AID.DF07]
]

export const directoryByName = (name: Uint8Array): CardDirectory | undefined =>
  NAMES.find(([, aid]) => bytesEqual(aid, name))?.[0]

export const isPsamName = (name: Uint8Array): boolean => bytesEqual(AID.PSAM, name)

const DIRECTORY_IDS: Readonly<Record<number, CardDirectory>> = {
  [DF.SSSE]: 'SSSE',
  [DF.SSSE_ALIAS]: 'SSSE',
  [DF.DF01]: 'DF01',
  [DF.DF02]: 'DF02',
  [DF.DF03]: 'DF03',
  [DF.DF04]: 'DF04',
  [DF.DF05]: 'DF05',
  [DF.DF06]: 'DF06',
  [DF.DF07]: 'DF07'
}

export const directoryById = (fileId: number): CardDirectory | undefined => DIRECTORY_IDS[fileId]

/** By directory and the low byte of the file identifier, which is the short one. Files that no source names are left out. */
const FILES: Readonly<Record<string, Words>> = {
  SSSE05: say('发卡机构数据', 'issuer'),
  SSSE06: say('持卡人基本信息', 'holder'),
  SSSE07: say('指纹', 'fingerprint'),
  SSSE08: say('数字相片', 'photo'),
  DF0105: say('户籍', 'household register'),
  DF0106: say('常住地', 'residence'),
  DF0107: say('个人状况', 'personal state'),
  DF0108: say('婚姻', 'marriage'),
  DF0109: say('身份及单位', 'status and employer'),
  DF010A: say('国籍政治', 'nationality'),
  DF0115: say('学历', 'education'),
  DF0305: say('失业保险', 'unemployment'),
  DF0306: say('劳动能力鉴定', 'work capacity'),
  DF0307: say('养老保险', 'pension'),
  DF0315: say('工伤保险', 'work injury'),
  DF0316: say('生育保险', 'maternity'),
  DF0317: say('工伤认定', 'work injury findings'),
  DF0318: say('供养亲属', 'dependants'),
  DF0319: say('参保凭证', 'insurance certificates'),
  DF0405: say('医疗保险基本信息', 'medical insurance'),
  DF0406: say('临时脱网结算信息', 'offline settlement'),
  DF0408: say('医疗交易明细', 'transaction log'),
  DF0415: say('特殊医疗结算记录', 'special settlements')
}

const FIRST_GENERATION_ACCOUNT = say('个人账户', 'personal account')

/** "EF06 持卡人基本信息" */
export function fileText(directory: CardDirectory, fileId: number, isFirstGeneration: boolean): Words {
  const label = `EF${hexByte(fileId & 0xff)}`
  const account = isFirstGeneration && directory === 'DF04' && (fileId & 0xff) === 0x06 ? FIRST_GENERATION_ACCOUNT : undefined
  const name = account ?? FILES[`${directory}${hexByte(fileId & 0xff)}`]
  return name === undefined ? say(`${directory} ${label}`, `${directory} ${label}`) : say(`${label} ${name.zh}`, `${label}, ${name.en}`)
}

const PSAM_FILES: Readonly<Record<number, Words>> = {
  [PSAM_EF.DIRECTORY]: say('目录文件', 'directory'),
  [PSAM_EF.PUBLIC_INFO]: say('卡公共信息', 'public information'),
  [PSAM_EF.TERMINAL_INFO]: say('终端信息', 'terminal information'),
  [PSAM_EF.TERMINAL_SERIAL]: say('终端交易序号', 'terminal serial'),
  [PSAM_EF.NATIONAL_INFO]: say('国家级信息', 'information of the nation'),
  [PSAM_EF.PROVINCE_INFO]: say('省级信息', 'information of the province'),
  [PSAM_EF.CITY_INFO]: say('市级信息', 'information of the city')
}

export function psamFileText(fileId: number): Words {
  const label = fileId.toString(16).toUpperCase().padStart(4, '0')
  const name = PSAM_FILES[fileId]
  return name === undefined ? say(`文件${label}`, `file ${label}`) : say(`${label} ${name.zh}`, `${label}, ${name.en}`)
}
