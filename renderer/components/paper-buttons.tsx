/** Onto a sheet, onto the roll, or into a file: the same three keys wherever something is printed. */

import type { ReactNode } from 'react'
import type { PrintRequest } from '../../electron/contract/terminal.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useTerminal } from '../terminal/terminal-context.tsx'
import { Button } from './button.tsx'

/** Sheet or roll. */
export type PaperFormat = Exclude<PrintRequest['format'], 'a4'>

interface PaperButtonsProps {
  readonly words: (key: 'print-a5' | 'print-80mm' | 'print-pdf') => string
  readonly may: boolean
  readonly print: (format: PaperFormat, to: PrintRequest['to']) => void
}

export function PaperButtons({ words, may, print }: PaperButtonsProps): ReactNode {
  // A browser's own dialogue offers PDF by itself.
  const canSave = useTerminal().print !== undefined
  const a5 = (): void => print('a5', 'printer')
  const roll = (): void => print('80mm', 'printer')
  const pdf = (): void => print('a5', 'pdf')
  useHotkey('F8', words('print-a5'), a5, may)
  useHotkey('F9', words('print-80mm'), roll, may)
  useHotkey('Shift+F8', words('print-pdf'), pdf, canSave && may)
  return (
    <>
      <Button hotkey="F8" aria-disabled={!may} onClick={may ? a5 : undefined}>
        {words('print-a5')}
      </Button>
      <Button hotkey="F9" aria-disabled={!may} onClick={may ? roll : undefined}>
        {words('print-80mm')}
      </Button>
      {canSave && (
        <Button hotkey="Shift+F8" aria-disabled={!may} onClick={may ? pdf : undefined}>
          {words('print-pdf')}
        </Button>
      )}
    </>
  )
}
