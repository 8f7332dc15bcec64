SELECT name, COALESCE(SUM(cents), 0)
FROM customers LEFT JOIN sales ON customer = id AND item = 'bread'
GROUP BY id;
