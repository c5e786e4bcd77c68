/** A text field from outside: what it held before a scan went through it, and text put in as if it were typed. */

export type TextField = HTMLInputElement | HTMLTextAreaElement

/** Kinds of input that take text; a radio button or a file does not. */
const TEXT_TYPES = new Set(['text', 'search', 'tel', 'url', 'password', 'email', 'number', 'date'])

export function textField(element: unknown): TextField | null {
  if (element instanceof HTMLTextAreaElement) return element
  return element instanceof HTMLInputElement && TEXT_TYPES.has(element.type) ? element : null
}

/** A field that wants scans as its own text, such as the number on a paper prescription. */
export const takesScans = (field: TextField): boolean => field.dataset['scan'] === 'text'

export interface Before {
  readonly field: TextField
  readonly value: string
  readonly start: number | null
  readonly end: number | null
}

export const rememberField = (field: TextField): Before => ({ field, value: field.value, start: field.selectionStart, end: field.selectionEnd })

export function restoreField({ field, value, start, end }: Before): void {
  if (!field.isConnected || field.value === value) return
  putValue(field, value)
  if (start !== null) field.setSelectionRange(start, end)
}

/** In place of what is marked, as keys would have put it. */
export function typeInto(field: TextField, text: string): void {
  // The only way that keeps undo and the field's own limits; not every engine of a test has it.
  if (typeof document.execCommand === 'function' && document.execCommand('insertText', false, text)) return
  const start = field.selectionStart ?? field.value.length
  const end = field.selectionEnd ?? start
  const whole = field.value.slice(0, start) + text + field.value.slice(end)
  putValue(field, field.maxLength < 0 ? whole : whole.slice(0, field.maxLength))
}

export function fillField(field: TextField, text: string): void {
  putValue(field, field.maxLength < 0 ? text : text.slice(0, field.maxLength))
}

/** Past whoever watches the property, so that the change is noticed like a person's. */
function putValue(field: TextField, value: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}
