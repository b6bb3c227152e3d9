"""The Elasticsearch engine of the knowledge base: the same plan, conditions and scores as the embedded one."""
