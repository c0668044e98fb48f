package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

const ours = "ChatCluster"

// report prints the results in a file, one JSON object a line, as a table for people: figures as ratios to the peers of the same run.
func report(file string, out io.Writer) error {
	results, err := read(file)
	if err != nil {
		return err
	}
	fanoutTable(results, out)
	plainTable(results, out)
	return nil
}

func read(file string) ([]result, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var results []result
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var r result
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s: %w", lines.Text(), err)
		}
		results = append(results, r)
	}
	return results, nil
}

var workloads = []struct{ name, title string }{
	{"room", "one room of 1,000"},
	{"rooms", "100 rooms of 20"},
}

func fanoutTable(results []result, out io.Writer) {
	fmt.Fprintln(out, "| workload | messages/s | server | deliveries per CPU-second | ChatCluster is | deliveries/s | CPU | p50 ms | p99 ms |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|")
	for _, workload := range workloads {
		for _, r := range results {
			if r.Workload != workload.name {
				continue
			}
			if r.Missing != "" {
				fmt.Fprintf(out, "| %s | | %s | not measured: %s | | | | | |\n", workload.title, r.Server, r.Missing)
				continue
			}
			fmt.Fprintf(out, "| %s | %d | %s | %.0f | %s | %.0f%s | %.0f %% | %.1f | %.1f |\n", workload.title, r.Rate, r.Server,
				r.PerCPUSecond, ratio(results, r), r.Deliveries, note(r.Behind, " (behind)"), r.CPU*100, r.P50, r.P99)
		}
	}
	fmt.Fprintln(out)
}

// ratio says how many times as much as r's server ours does in the same workload.
func ratio(results []result, r result) string {
	for _, own := range results {
		if own.Server == ours && own.Workload == r.Workload && own.Rate == r.Rate && r.Server != ours && r.PerCPUSecond > 0 {
			return fmt.Sprintf("%.2f ×", own.PerCPUSecond/r.PerCPUSecond)
		}
	}
	return ""
}

func note(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func plainTable(results []result, out io.Writer) {
	fmt.Fprintln(out, "| what | server | figure |")
	fmt.Fprintln(out, "|---|---|---|")
	for _, r := range results {
		figure := ""
		switch {
		case r.Missing != "":
			figure = "not measured: " + r.Missing
		case r.Workload == "idle":
			figure = fmt.Sprintf("%.1f KB a connection, of %d", r.Bytes/1000, r.Clients)
		case r.Workload == "hot":
			figure = fmt.Sprintf("%.0f messages/s committed of %d offered, by two pods; send to acknowledgement p99 %.0f ms", r.Acks, r.Rate, r.AckP99)
		case r.Workload == "reconnect":
			figure = fmt.Sprintf("%.1f s until all of %d are back and caught up", r.Seconds, r.Clients)
		case r.Workload == "start":
			figure = fmt.Sprintf("%.2f s to ready", r.Seconds)
		}
		if figure != "" && !fanned(r) {
			fmt.Fprintf(out, "| %s | %s | %s |\n", r.Workload, r.Server, figure)
		}
		if r.Workload == "rooms" && r.PutP99 > 0 {
			fmt.Fprintf(out, "| send to acknowledgement, %d messages/s in 100 rooms | %s | p99 %.1f ms, %.1f × a single PutItem (p99 %.1f ms; p50 %.1f and %.1f ms) |\n",
				r.Rate, r.Server, r.AckP99, r.AckP99/r.PutP99, r.PutP99, r.AckP50, r.PutP50)
		}
	}
}

func fanned(r result) bool {
	for _, workload := range workloads {
		if r.Workload == workload.name {
			return true
		}
	}
	return false
}
