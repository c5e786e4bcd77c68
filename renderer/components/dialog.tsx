/**
 * What stands above the screen and wants an answer first. It holds the focus and gives it back, Escape closes it, and the keys beneath
 * are silent while it stands. Part of what is loaded with antd.
 */

import { Modal } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { KeyLayer, useHotkey } from '../keys/hotkeys.tsx'
import { useWords } from '../i18n/use-words.ts'
import { AntdScope } from '../theme/antd-scope.tsx'
import { useGivesBack } from './use-gives-back.ts'

interface DialogProps {
  readonly title: string
  readonly width: string
  readonly close: () => void
  readonly children: ReactNode
  /** Takes the focus as the dialog opens. */
  readonly focus?: () => void
}

export function Dialog({ title, width, close, children, focus }: DialogProps): ReactNode {
  useGivesBack()
  return (
    <AntdScope>
      <Modal
        open
        centered
        destroyOnHidden
        footer={null}
        closable={false}
        title={title}
        width={width}
        keyboard={false}
        mask={{ closable: false }}
        transitionName=""
        maskTransitionName=""
        onCancel={close}
      >
        <KeyLayer>
          <EscapeCloses close={close} />
          {children}
          {focus !== undefined && <TakesFocus focus={focus} />}
        </KeyLayer>
      </Modal>
    </AntdScope>
  )
}

function EscapeCloses({ close }: { readonly close: () => void }): ReactNode {
  useHotkey('Escape', useWords('common')('close'), close)
  return null
}

/** At once: antd tells of an open dialog several frames later, and would take the keyboard back from where a quick hand has gone on to. */
function TakesFocus({ focus }: { readonly focus: () => void }): ReactNode {
  const latest = useRef(focus)
  useEffect(() => latest.current(), [])
  return null
}
