// A host error as the guest may see it: "name\nmessage", never a stack.
import { IsopodError } from '../errors.ts'
import { BindingFailure } from '../ops/bindings/binding-failure.ts'
import { BodyTooLarge } from '../ops/collect-body.ts'
import { CodecFailure } from '../ops/compression/codec-failure.ts'
import { FetchFailure } from '../ops/fetch-failure.ts'

export function failureText(error: unknown): string {
  if (error instanceof FetchFailure || error instanceof BindingFailure || error instanceof BodyTooLarge)
    return `${error.name}\n${error.message}`
  if (error instanceof CodecFailure) return `TypeError\n${error.message}`
  if (error instanceof IsopodError) return `Error\n${error.message}`
  // Any other error is the host's own affair.
  return 'TypeError\nThe operation failed.'
}
