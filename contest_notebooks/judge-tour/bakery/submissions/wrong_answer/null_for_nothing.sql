SELECT name, SUM(cents) FROM customers LEFT JOIN sales ON customer = id AND item = 'bread' GROUP BY id;
