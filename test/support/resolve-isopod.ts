// Preloaded where examples run: `isopod` is this checkout.
import { registerHooks } from 'node:module'

const SOURCES: Readonly<Record<string, string>> = {
  isopod: '../../src/index.ts',
  'isopod/bundle': '../../src/bundle/index.ts',
  'isopod/client': '../../src/client/client.ts',
}

registerHooks({
  resolve(specifier, context, next) {
    const source = SOURCES[specifier]
    return source === undefined ? next(specifier, context) : next(new URL(source, import.meta.url).href, context)
  },
})
