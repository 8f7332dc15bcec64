SELECT name, SUM(cents) FROM customers JOIN sales ON customer = id WHERE item = 'bread' GROUP BY id;
