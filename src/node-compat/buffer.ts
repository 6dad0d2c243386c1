export default {}
export const Buffer = 1
