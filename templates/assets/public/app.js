const response = await fetch('/api/time')
const { time } = await response.json()
document.querySelector('#time').textContent = time
