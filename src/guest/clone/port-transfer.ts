// How ports are transferred. Before the module of MessagePort is loaded there are none.

interface PortTransfer {
  isPort(value: unknown): boolean
  /** A port to take the place of the one that goes. @throws DataCloneError where it cannot go, or is the source itself */
  make(port: object, source: unknown): object
  move(from: object, to: object): void
}

export let portTransfer: PortTransfer | undefined

export function setPortTransfer(transfer: PortTransfer): void {
  portTransfer = transfer
}
