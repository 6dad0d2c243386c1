/** A constructor that returns what it is given: a subclass can put private fields on any object, as a brand. */
// oxlint-disable-next-line typescript/no-extraneous-class -- only a class can be extended
export class Identity {
  constructor(object: object) {
    // oxlint-disable-next-line no-constructor-return -- the point of the class
    return object
  }
}
