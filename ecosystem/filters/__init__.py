"""Layer 3, filters: one FilterSet per list; the only place that names the parameters of lists."""
