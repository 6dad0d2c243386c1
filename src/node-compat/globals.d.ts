// What these modules use of the platform. They run in the worker's own global scope, which is all they know.

declare function queueMicrotask(callback: () => void): void
declare function setTimeout(callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): number
declare function setInterval(callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): number
declare const console: Record<'error' | 'warn', (...args: unknown[]) => void>
declare const performance: { now(): number }
declare var atob: (text: string) => string
declare var btoa: (text: string) => string

interface EventTarget {
  addEventListener(type: string, listener: (event: unknown) => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: string, listener: (event: unknown) => void): void
}
declare const EventTarget: { readonly prototype: EventTarget }

interface AbortSignal extends EventTarget {
  readonly aborted: boolean
  readonly reason: unknown
}

declare var Blob: { readonly prototype: object }
declare var File: { readonly prototype: object }
declare var DOMException: { readonly prototype: object }

declare var TextDecoder: new (
  label?: string,
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => { decode(bytes: ArrayBuffer | ArrayBufferView): string }
declare var TextEncoder: new () => { encode(text: string): Uint8Array }

/** The npm package; the slash tells it from Node's module. */
declare module 'buffer/' {
  type Method = (...args: never[]) => unknown
  const Buffer: Record<'byteLength' | 'from' | 'isEncoding', Method> & {
    readonly prototype: Record<'copy' | 'equals' | 'toString' | 'write', Method>
  }
  const SlowBuffer: unknown
  const INSPECT_MAX_BYTES: number
  const kMaxLength: number
}
