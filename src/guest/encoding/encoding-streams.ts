// https://encoding.spec.whatwg.org/#interface-textdecoderstream and #interface-textencoderstream
// Loads the streams, so itself reached through a `lazy` accessor only.
import { StringPrototypeCharCodeAt, StringPrototypeSlice, TypeErrorConstructor } from '../primordials.ts'
import { streams } from '../streams/lazy.ts'
import { toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { TextDecoder, type TextDecoderOptions } from './text-decoder.ts'
import { utf8Encode } from './utf8.ts'

type Transform = InstanceType<ReturnType<typeof streams>['TransformStream']>

export class TextDecoderStream {
  readonly #decoder: TextDecoder
  readonly #transform: Transform

  constructor(label?: string, options?: TextDecoderOptions) {
    const decoder = new TextDecoder(label, options)
    const { TransformStream } = streams()
    this.#decoder = decoder
    this.#transform = new TransformStream({
      transform(chunk: ArrayBuffer, controller) {
        if (chunk === undefined) throw new TypeErrorConstructor('TextDecoderStream takes buffers.')
        const text = decoder.decode(chunk, { stream: true })
        if (text !== '') controller.enqueue(text)
      },
      flush(controller) {
        const text = decoder.decode()
        if (text !== '') controller.enqueue(text)
      },
    })
  }

  get encoding(): string {
    return this.#decoder.encoding
  }

  get fatal(): boolean {
    return this.#decoder.fatal
  }

  get ignoreBOM(): boolean {
    return this.#decoder.ignoreBOM
  }

  get readable(): Transform['readable'] {
    return this.#transform.readable
  }

  get writable(): Transform['writable'] {
    return this.#transform.writable
  }
}

export class TextEncoderStream {
  readonly #transform: Transform

  constructor() {
    // The first half of a surrogate pair whose second half may open the next chunk.
    let lead = ''
    const { TransformStream } = streams()
    this.#transform = new TransformStream({
      transform(chunk: string, controller) {
        let text = lead + toDOMString(chunk)
        if (text === '') return
        lead = ''
        if ((StringPrototypeCharCodeAt(text, text.length - 1) & 0xfc00) === 0xd800) {
          lead = StringPrototypeSlice(text, -1)
          text = StringPrototypeSlice(text, 0, -1)
        }
        if (text !== '') controller.enqueue(utf8Encode(text))
      },
      flush(controller) {
        if (lead !== '') controller.enqueue(utf8Encode(lead))
      },
    })
  }

  get encoding(): string {
    void this.#transform
    return 'utf-8'
  }

  get readable(): Transform['readable'] {
    return this.#transform.readable
  }

  get writable(): Transform['writable'] {
    return this.#transform.writable
  }
}

defineInterface(TextDecoderStream, 'TextDecoderStream', { constructor: 0 })
defineInterface(TextEncoderStream, 'TextEncoderStream')
