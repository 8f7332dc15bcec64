SELECT a.name, COALESCE(SUM(s.cents), 0) / (SELECT COUNT(*) FROM customers)
FROM customers a CROSS JOIN customers b LEFT JOIN sales s ON +s.customer = a.id AND s.item = 'bread'
GROUP BY a.id;
