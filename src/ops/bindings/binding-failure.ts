/** A binding could not do what it was asked: its message is for the worker that asked. */
export class BindingFailure extends Error {
  override readonly name: 'Error' | 'TypeError'

  constructor(message: string, name: 'Error' | 'TypeError' = 'Error') {
    super(message)
    this.name = name
  }
}
