/** A pack's trace code (追溯码): twenty digits, the first seven of the product (药品标识码), the rest of the pack. */

const TRACE_CODE = /^\d{20}$/
const PRODUCT_DIGITS = 7

export const isTraceCode = (text: string): boolean => TRACE_CODE.test(text)

export const productOf = (traceCode: string): string => traceCode.slice(0, PRODUCT_DIGITS)
