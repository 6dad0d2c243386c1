// What a worker gets when it imports a file that is not script.
declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '*.txt' {
  const text: string
  export default text
}

declare module '*.html' {
  const text: string
  export default text
}
