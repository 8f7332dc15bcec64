require('fs').writeFileSync('/scratch/left', 'x');
console.log(require('fs').readdirSync('/scratch').join());
