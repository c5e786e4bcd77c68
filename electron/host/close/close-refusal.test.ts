import { expect, it } from 'vitest'
import { closeRefusalView } from './close-refusal.ts'

it.each([
  ['ENOSPC', '磁盘已满', 'the disk is full'],
  ['EACCES', '本程序在那里没有写入权限', 'this program has no right to write there'],
  ['EROFS', '该磁盘为只读', 'that disk is read-only'],
  ['EIO', '磁盘读写失败', 'the disk failed']
])('a CSV that could not be written (%s) says why in words, and the code to support', (code, zh, en) => {
  const { what, mend, detail } = closeRefusalView({ kind: 'csv-not-written', path: '/data/close.csv', code })
  expect([what, detail]).toEqual([{ zh: `不能写入/data/close.csv：${zh}`, en: `/data/close.csv cannot be written: ${en}` }, code])
  expect(mend?.zh).toBe('请联系本机维护人员')
})
