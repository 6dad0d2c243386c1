// What is known to fail, and why. A failure that is not listed fails the run, and so does one that is listed and passes.

/** One reason, and the subtests of a file that fail for it. */
export interface Expectation {
  readonly reason: string
  /**
   * Names of subtests, or patterns that match whole groups of them. `all`: none of the file's subtests passes.
   * `HARNESS` stands for the file itself, where it does not run to its end.
   */
  readonly fails: 'all' | readonly (string | RegExp)[]
}

/** By the file's path in the checkout, without variants. */
export type Expectations = Readonly<Record<string, readonly Expectation[]>>

export const HARNESS = '(harness)'
