// @ts-nocheck
/* {"compilerOptions": {"plugins": [{"name": "/box/solution.ts"}], "outDir": "/box"}} */
/// <reference types="/scratch/x" />
console.log(require('fs').existsSync('/box/solution.ts'));
