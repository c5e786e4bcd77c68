/** A button that shows its key. The widgets of the first frame are plain elements in the page's own style; antd comes later. */

import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Key that does the same, as it stands on the keyboard. */
  readonly hotkey?: string
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ hotkey, look = 'plain', className, children, ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" {...rest} className={['button', `button--${look}`, className].filter(Boolean).join(' ')} aria-keyshortcuts={hotkey}>
      <span className="button__label">{children}</span>
      {hotkey !== undefined && <KeyCap>{hotkey}</KeyCap>}
    </button>
  )
}

export function KeyCap({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <kbd className="key" aria-hidden="true">
      {children}
    </kbd>
  )
}
