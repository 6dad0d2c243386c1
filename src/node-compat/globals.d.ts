// What these modules use of the platform. They run in the worker's own global scope, which is all they know.

declare function queueMicrotask(callback: () => void): void
declare function setTimeout(callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): number
declare function setInterval(callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): number
declare const EventTarget: { readonly prototype: object }
