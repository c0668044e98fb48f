module chatcluster.io/bench/load

go 1.26
