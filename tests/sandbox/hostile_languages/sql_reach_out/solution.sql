.shell cat /proc/1/environ /etc/shadow /oj/runner; echo x > /box/left && echo "left something"
.system kill -9 1 && echo "killed something"
SELECT writefile('/box/left.txt', 'x'), writefile('/usr/left.txt', 'x');
ATTACH '/box/left.db' AS other;
SELECT readfile('/proc/1/environ');
.load /scratch/x
