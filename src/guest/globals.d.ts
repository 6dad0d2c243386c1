// What a bare isolate has beyond `lib.es2024`: the parts of WebAssembly the guest uses, and V8's `gc`.

declare namespace WebAssembly {
  const Module: {
    new (bytes: ArrayBuffer | Uint8Array): object
    imports(this: void, module: object): readonly object[]
  }
  const Instance: new (module: object, imports?: object) => object
  const Memory: { new (descriptor: object): object; readonly prototype: { grow(delta: number | bigint): number } }
}

declare function gc(options?: { type: 'major'; flavor: 'last-resort' }): void

/** Made by the bundler: what parts use of a module that every instance has; see `parts.ts`. */
declare module 'isopod:shared' {
  export function shared(module: string): object | undefined
}
