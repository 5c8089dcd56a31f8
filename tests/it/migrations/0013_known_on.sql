update source set published_on = '2025-11' where published_on is null;
