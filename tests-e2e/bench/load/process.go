package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The kernel's clock ticks for /proc: fixed at 100 a second on Linux.
const tick = 10 * time.Millisecond

// cpuTime is what the processes have used so far, user and system.
func cpuTime(pids []int) (time.Duration, error) {
	var sum time.Duration
	for _, pid := range pids {
		_, used, err := usage(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, err
		}
		sum += used
	}
	return sum, nil
}

// compilerTime is the part of it that went into compiling: 0 for a server that is not a Java process.
func compilerTime(pids []int) (time.Duration, error) {
	var sum time.Duration
	for _, pid := range pids {
		threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
		if err != nil {
			return 0, err
		}
		for _, thread := range threads {
			// The thread may have ended since.
			name, used, err := usage(thread)
			if err == nil && (strings.HasPrefix(name, "C1 Compiler") || strings.HasPrefix(name, "C2 Compiler")) {
				sum += used
			}
		}
	}
	return sum, nil
}

// usage reads a stat file: the name of the process or thread, and what it has used.
func usage(file string) (name string, used time.Duration, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", 0, err
	}
	stat := string(data)
	end := strings.LastIndexByte(stat, ')')
	var ticks int64
	for _, field := range strings.Fields(stat[end+2:])[11:13] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return "", 0, err
		}
		ticks += n
	}
	return stat[strings.IndexByte(stat, '(')+1 : end], time.Duration(ticks) * tick, nil
}

// resident is the memory that the process holds, in bytes.
func resident(pid int) (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
			return kib * 1024, err
		}
	}
	return 0, fmt.Errorf("process %d has no VmRSS", pid)
}
