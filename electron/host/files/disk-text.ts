/** Why a file could not be written, in a clerk's words: part of a sentence. What the system calls it is for support. */

import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'

const FULL = say('磁盘已满', 'the disk is full')
const NO_RIGHT = say('本程序在那里没有写入权限', 'this program has no right to write there')
const NO_FOLDER = say('文件夹不在或不可用', 'its folder is missing or none')

const CAUSES: Readonly<Record<string, Text>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  EROFS: say('该磁盘为只读', 'that disk is read-only'),
  EBUSY: say('文件被其他程序占用', 'another program has the file in use'),
  EISDIR: say('同名的文件夹挡住了它', 'a folder of that name stands in its way'),
  ENOENT: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
  EEXIST: NO_FOLDER
}

export const diskText = (code: string): Text => CAUSES[code] ?? say('磁盘读写失败', 'the disk failed')
