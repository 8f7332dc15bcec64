SELECT writefile('/box/left.txt', 'x'), writefile('/usr/left.txt', 'x');
ATTACH '/box/left.db' AS other;
SELECT readfile('/proc/1/environ');
SELECT load_extension('/scratch/x');
