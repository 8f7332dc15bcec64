.shell cat /proc/1/environ /etc/shadow /oj/runner; echo x > /box/left && echo "left something"
.system kill -9 1 && echo "killed something"
