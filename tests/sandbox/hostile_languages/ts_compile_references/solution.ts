/// <reference path="/proc/1/environ" />
/// <reference path="/etc/passwd" />
import secret from '/proc/1/environ.json';
console.log(secret);
